"""Where it is kept: one repository per file, and every piece of SQL that Segue has."""
