"""Pure rules: values in, refusal or value out."""
