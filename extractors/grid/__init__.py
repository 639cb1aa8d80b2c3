"""Tables on a page: candidates from rulings and white space, the choice among them, page joins."""
