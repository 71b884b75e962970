"""Rules for plain words: advice that the workshop gives. They keep no lesson out."""

from collections.abc import Mapping

from tutorbot.curriculum.rule import Rule

ADVICE: Mapping[str, Rule] = {}
