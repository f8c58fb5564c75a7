"""How faults found in a form read as sentences."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def sentences(error: ValidationError) -> str:
    """Return what a validation found, each fault with its field."""
    if not hasattr(error, "error_dict"):
        return " ".join(str(message) for message in error.messages)
    lines = []
    for name, faults in error.message_dict.items():
        text = " ".join(str(fault) for fault in faults)
        lines.append(text if name == NON_FIELD_ERRORS else f"{name}: {text}")
    return " ".join(lines)
