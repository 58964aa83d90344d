"""The table: every kind of value, in every kind of call."""

from rows import memory, numbers, structs

ALL = numbers.ROWS + structs.ROWS + memory.ROWS
