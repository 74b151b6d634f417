package io.tallystick.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HtmlTest {
    @Test
    void textsAreShownAsTheyAre() {
        assertThat(Html.tag("p").of("<script>alert('1 & \"2\"')</script>").markup())
                .isEqualTo("<p>&lt;script&gt;alert(&#39;1 &amp; &quot;2&quot;&#39;)&lt;/script&gt;</p>");
        assertThat(Html.text("a\u0000b\u001bc\nd \ud83d\ude00").markup()).isEqualTo("a\ufffdb\ufffdc\nd \ud83d\ude00");
    }

    @Test
    void valuesOfAttributesEndWhereTheyShould() {
        assertThat(Html.tag("td").with("title", "\" onclick=\"x()").of("").markup())
                .isEqualTo("<td title=\"&quot; onclick=&quot;x()\"></td>");
    }
}
