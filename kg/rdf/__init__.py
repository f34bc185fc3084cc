"""The graph as RDF, and back: both directions are lossless for a graph in normal form.

An entity is a resource with its classes and names. A statement (an edge) is an ``rdf:Statement``
that says where it comes from; where it is asserted and the episodes say it, its plain triple stands
beside it. Mentions, passages and sections are resources too, so there are no blank nodes.
``ontology/records.ttl`` declares the terms.
"""

from kg.rdf.reading import graph_from_rdf as graph_from_rdf
from kg.rdf.writing import to_ntriples as to_ntriples
from kg.rdf.writing import to_turtle as to_turtle
from kg.rdf.writing import turtle as turtle

__all__ = ["graph_from_rdf", "to_ntriples", "to_turtle", "turtle"]
