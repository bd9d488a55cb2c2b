"""HTTP with HTML: pages for people, over the same services as the API.

Pages need no script, load nothing from elsewhere and can be read without their style sheet.

A request for a page goes through these rooms, each of which knows those after it alone:

- `routes` ask services, let a view tell what they answer, and render that; a `desk` there is what
  the routes of one form have in common;
- `views` tell pages: values of finished sentences and cells, without HTML;
- `forms` read what people enter, with every fault beside its field, and fill forms in;
- `templates` and `static` are what pages look like.

What stands in none of them serves them all: who reads (`visitors`, `cookies`), whose form it is
(`own_forms`), what routes ask for (`deps`), how they answer (`routing`, `rendering`,
`error_pages`), and `pages`, which puts all together.
"""
