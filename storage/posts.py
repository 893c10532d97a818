"""What posts add to sums of campaign results: how many there are, and how well each of them did.

Rows of anything else add 0, which is what they have of it: a sum over posts and ads is not partial for that.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from storage.tables import MILLION, campaign_results

_row = campaign_results.c
_post = _row.published_local.is_not(None)
_rated = sa.and_(_post, _row.engagements.is_not(None), _row.impressions > 0)
_rate = (2 * MILLION * _row.engagements + _row.impressions) // (2 * _row.impressions)  # whole millionths, rounded

POST_RATES: Final = "post_rates"  # kept as whole millionths
POSTS: Final[dict[str, sa.ColumnElement[Any]]] = {
    "posts": sa.case((_post, 1), else_=0),
    "post_engagements": sa.case((_post, _row.engagements), else_=0),
    "rated_posts": sa.case((_rated, 1), else_=0),
    POST_RATES: sa.case((_rated, _rate), else_=0),
}
