"""Commands of `unionstream`, one module per subject."""
