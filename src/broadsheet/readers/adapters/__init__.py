"""What other libraries ask of us: allauth about accounts, Django about passwords."""

from broadsheet.readers.adapters.account import AccountAdapter
from broadsheet.readers.adapters.factors import FactorAdapter

__all__ = ["AccountAdapter", "FactorAdapter"]
