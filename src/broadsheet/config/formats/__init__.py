"""How dates are written where Django's own way isn't the paper's."""
