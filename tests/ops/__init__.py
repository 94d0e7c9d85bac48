"""Looking after cases: replay, travel, deploys, repair, erasing."""
