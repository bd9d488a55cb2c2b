"""HTTP with HTML: pages for people, over the same services as the API.

Pages need no script, load nothing from elsewhere and can be read without their style sheet.
"""
