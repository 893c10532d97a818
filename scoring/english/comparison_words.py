"""The words that compare, prefer, leave and deny. One table a kind; a word may be added wherever it is missing.

Their directions are what they mean of products in most posts; "cheaper" is praise here.
"""

# ruff: noqa: SIM905  # a split text is shorter to read and to extend than a list of strings

from __future__ import annotations

from typing import Final

BETTER: Final = frozenset(
    """
    better best faster quicker easier simpler cheaper safer stronger smoother nicer cooler cleaner healthier smarter
    greater superior richer finer friendlier tastier sharper brighter tougher lighter higher larger bigger more longer
    preferable preferred newer warmer clearer closer softer smaller wider broader deeper fresher happier leaner
    prettier sturdier handier neater slicker comfier tidier wiser
    """.split()
)
WORSE: Final = frozenset(
    """
    worse worst slower harder weaker poorer uglier dumber heavier louder inferior costlier pricier lower less fewer
    bulkier buggier clunkier nastier riskier dirtier noisier sicker duller lamer older thinner crappier
    shittier sloppier stupider
    """.split()
)
COMPARED: Final = frozenset("superior inferior preferable preferred".split())  # to, not than
# Praise or blame even without a "than"; the others tell only a size or an age.
GOOD: Final = BETTER - frozenset("more higher larger bigger longer smaller lighter closer newer wider".split())
BAD: Final = WORSE - frozenset("less fewer lower older thinner".split())
# More of it is worse, less of it is better.
HARD: Final = frozenset(
    """
    expensive difficult complicated complex costly bad slow buggy hard annoying painful confusing bloated boring bugs
    problems issues errors crashes trouble noise noisy ugly terrible horrible awful crap dangerous risky verbose clunky
    unstable frustrating hassle pain cumbersome work effort code time memory power money fuel boilerplate maintenance
    tedious prone likely susceptible vulnerable restrictive limited convoluted
    """.split()
)
NOT_COMPARATIVE: Final = frozenset(
    """
    other rather after under over ever never however whether either neither number user another further later order
    power server player paper offer customer per her computer together whatever whoever wherever whenever
    """.split()
)
NEGATORS: Final = frozenset("not no never hardly nothing nor neither cannot without nobody none".split())
PREFERRING: Final = frozenset(
    """
    prefer prefers preferring choose chose chosen chooses choosing pick picked picks favor favour favored favoured
    recommend recommended love loved like liked take took buy bought use used want
    """.split()
)
BEATING: Final = frozenset(
    """
    beats beat beating outperforms outperform outperformed surpasses surpassed surpass trumps trumped outshines
    outclasses outsells outsold crushes smokes destroys destroyed kills blows exceeds exceeded
    outpaced overtakes overtook overtaken defeats
    """.split()
)
SWITCHING: Final = frozenset(
    """
    switched switching switch migrated migrating migrate changed changing converted upgraded upgrading defected jumped
    """.split()
)
MOVING: Final = SWITCHING | frozenset("moved moving move went".split())
LEAVING: Final = frozenset(
    """
    ditched ditching ditch dropping dumped dumping dump abandoned abandoning quitting cancelled canceled cancelling
    canceling uninstalled uninstalling replacing swapped
    """.split()
)
BREAKS: Final = frozenset("but because since although though while whereas however so when which if yet".split())
CONDITIONS: Final = frozenset("if whether wonder wondering unless".split())
STEAD: Final = frozenset("then vs versus over".split())  # right behind a comparative they stand for "than"
# Behind a "than": no brand is meant.
UNNAMED: Final = frozenset(
    """
    ever expected usual before what when last average anyone anything nothing normal previously most necessary needed
    """.split()
)
NARRATORS: Final = frozenset("i we you he she they it that".split())
WITHIN: Final = frozenset("in with on for".split())
LIKING: Final = frozenset("i we you they people really also would do still who".split())
INVERTING: Final = frozenset(
    "is are was were does do did can could will would should has have which who isn't aren't doesn't don't".split()
)
LEADING: Final = frozenset("so or and but well ok okay wait hey hi also".split())  # a question may stand behind them
DOUBTS: Final = frozenset("doubt doubts doubtful skeptical sceptical unconvinced".split())
THINKING: Final = frozenset(
    """
    think see say saying said believe convinced sure agree find found claim claiming mean view understand thought
    """.split()
)
EDGES: Final = frozenset("edge advantage advantages improvement improvements upgrade superiority".split())
FAR: Final = frozenset("miles years lightyears way far well leagues streets still".split())  # before "ahead of"
TRAILING: Final = frozenset("lags lag lagging trails trail trailing".split())
# Not to come up to somebody: the telling word, one of those before it, and the one behind it.
UNEQUAL: Final = {
    "candle": (frozenset({"hold", "holds"}), "to"),
    "match": (frozenset({"no"}), "for"),
    "comparison": (frozenset({"pales", "pale", "paled"}), "to"),
    "compete": (frozenset({"can't", "cannot", "couldn't"}), "with"),
    "compare": (frozenset({"doesn't", "don't", "can't", "cannot"}), "to"),
    "close": (frozenset({"come", "comes", "coming"}), "to"),
}
