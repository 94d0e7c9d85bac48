"""How fast a turn is, held against the same thing written by hand on the bare engine.

``segue bench turns`` runs four ways side by side on one Temporal server, answer by answer in changing order, so that
what else the machine does hits all of them alike:

- **bare**: a hand-written workflow with the same updates, validator, sizes, converter, codec and worker settings;
- **engine**: a moment whose journal is switched off;
- **journal**: the same moment as in production, its journal in SQLite;
- **http**: the same again through ``POST /api/v1/cases/{id}/answers`` of a real server.

Worker, server, Temporal and whoever asks are separate processes, as in production; all are on the loopback address.
"""
