"""What holds for every test: hypothesis counts examples, not milliseconds of a busy machine."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
