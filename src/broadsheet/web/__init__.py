"""The public face: pages made of several domains, all templates, styles, scripts, fonts, translations."""
