"""The public face's own machinery: the renderer of bodies, converters of addresses."""
