# The company's own words, as its systems give them: the names of its charges and colors, and how a card is called.
# A name that is not here is said as it comes.

company-card = { $brand } ending { $digits }
company-monthly-plan = monthly plan
company-roaming-day-pass = roaming day pass
company-premium-text-messages = premium text messages
company-late-fee = late fee
company-midnight = midnight
company-silver = silver
company-graphite = graphite
company-gold = gold
company-blue = blue
company-black = black
