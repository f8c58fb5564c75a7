"""The paper's settings with the tests' own pages in place of its address map."""

from broadsheet.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.delivery.addresses"
