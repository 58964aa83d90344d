"""The table: every kind of value, in every kind of call."""

from rows import numbers, structs

ALL = numbers.ROWS + structs.ROWS
