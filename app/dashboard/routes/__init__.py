"""Routes of pages: each asks services, lets a view tell what they answer, and renders it."""
