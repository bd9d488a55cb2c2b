from app.dashboard.markdown import render_document


def test_a_document_loses_its_title_and_hides_nothing_that_could_run() -> None:
    text = "# Title\n\nSome **bold** <script>alert(1)</script> & more.\n"

    assert render_document(text) == (
        "<p>Some <strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt; &amp; more.</p>\n"
    )


def test_a_paragraph_in_italics_before_a_table_is_its_caption() -> None:
    text = "# Title\n\n*Six & seven*\n\n| a |\n|---|\n| b |\n\nThe end.\n"

    assert render_document(text) == (
        '<div class="table" role="region" aria-label="Six &amp; seven" tabindex="0">\n<table>\n'
        "<caption>Six &amp; seven</caption>\n"
        '<thead>\n<tr>\n<th scope="col">a</th>\n</tr>\n</thead>\n'
        "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n</div>\n"
        "<p>The end.</p>\n"
    )
