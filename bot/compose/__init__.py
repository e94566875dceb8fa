"""The composition root of `run`: the only place, with `play`, that knows every room."""
