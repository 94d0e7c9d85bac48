# Said at the front door: before a case is found, between two of them, and about codes that lead back into one.

front-either = Is it about { $first }, or { $second }? Reply 1 for the first, or 2 for the second.
    .phone = Is it about { $first }, or { $second }?
front-which = Is that for { $first }, or for { $second }? Reply 1 for the first, or 2 for the second.
    .phone = Is that for { $first }, or for { $second }?
front-met = You were { $doing }, and we had got to: { $label }. Shall we go on? Reply YES, or NO for something else.
    .phone = You were { $doing }, and we had got to: { $label }. Shall we go on? Say yes, or no for something else.
front-met-hints = yes, no, go on, something else
front-aside = All right, that can wait. What would you like to do?
front-first = All right, we will come back to { $doing } afterwards.
front-back = Back to { $doing }.
front-resumed = You were { $doing }.
front-missed = Sorry, I did not get what you would like to do. For example: pay my bill. Or reply PERSON, and one of our team gets in touch.
    .phone = Sorry, I did not get what you would like to do. For example, say: pay my bill. Or press 0 for a person.
# Words that are only a greeting, and ways to say that something else is wanted: with commas between them, in small letters.
front-hello = hi, hello, hey, hi there, hello there, good morning, good afternoon, good evening
front-something-else = something else, something different, another thing, not that, not now, neither, none, none of these

front-pass-ask = What is the code? It has eight characters.
front-pass-open = Thank you. You were { $doing }.
front-pass-wrong = That code is not valid, or no longer. You can get a new one where you got it.
front-pass-misheard = I did not get that code. It has eight characters, letters and numbers. Please send it again.
    .phone = I did not get that code. It has eight characters, letters and numbers. Please say it again, slowly.
front-pass-locked = There were too many wrong codes. Please try again in an hour.
front-guessed = Somebody tried wrong codes in your name. Nothing was opened. If it was you, try again in an hour; if not, you need not do anything.
front-calling = All right, we are calling you now.
front-call-nowhere = We have no phone number to call you at.
front-resent = We have sent you a new code.
# How somebody asks for this language, in it and in others.
front-speak = english, in english, english please, in english please, speak english, inglés, ingles, en inglés, en ingles
front-offer-language = For English, say: English.
front-language = From now on we will write to you in English. What would you like to do?
    .phone = From now on we will speak English. What would you like to do?
    .again = From now on we will go on in English.
