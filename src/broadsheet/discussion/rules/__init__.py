"""The rules of the discussion: values in, an answer or a refusal out."""
