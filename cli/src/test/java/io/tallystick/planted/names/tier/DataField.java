package io.tallystick.planted.names.tier;

/** No fault: data is the thing itself here. */
record DataField(String name) {}
