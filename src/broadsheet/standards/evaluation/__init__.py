"""How well the judge judges: labelled sets, what is measured on them, what a change changes, and the model card."""
