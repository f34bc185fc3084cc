"""How good built graphs are, measured against gold annotation.

``evaluate`` scores (``scoring`` says by which rules), ``confusions`` says what was taken for what,
``write_report`` lays both out for a reader. The report's formats are modules of this folder.
"""

from kg.evaluation.confusions import Confusion, Confusions, confusions
from kg.evaluation.predicted import Edge, Node, Predicted, read_graph
from kg.evaluation.scoring import UNSCORED_CLASSES, UNSCORED_RELATIONS, evaluate, score
from kg.evaluation.values import (
    Counts,
    EntityOutcome,
    Evaluation,
    RelationOutcome,
    Score,
    Statement,
    Verdict,
)

__all__ = [
    "UNSCORED_CLASSES",
    "UNSCORED_RELATIONS",
    "Confusion",
    "Confusions",
    "Counts",
    "Edge",
    "EntityOutcome",
    "Evaluation",
    "Node",
    "Predicted",
    "RelationOutcome",
    "Score",
    "Statement",
    "Verdict",
    "confusions",
    "evaluate",
    "read_graph",
    "score",
]
