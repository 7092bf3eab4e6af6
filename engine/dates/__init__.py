"""Days: ordinals (`date.toordinal()`), and two that lie outside every calendar.

`working_days` is the one place where days are counted; it is never given EVER or NEVER.
"""

EVER = -10_000_000
NEVER = 10_000_000
