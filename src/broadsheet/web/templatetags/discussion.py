"""What templates of discussions need: the markup of a comment."""

from django import template

from broadsheet.web.engines.comment_markup import comment_markup

register = template.Library()
register.filter(comment_markup)
