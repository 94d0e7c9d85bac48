# A customer and a person of ours write to each other. name: the first name of the agent.

chat-begins = You are now writing with { $name }. Just reply here. To go on without { $name }, reply GO ON ALONE.
    .web = You are writing with { $name }.
chat-line = { $name }: { $text }
chat-left = We have left the chat. You can go on from here:
front-passed-on = { $name } has your message and will answer here. To go on without { $name }, reply GO ON ALONE.
front-alone = All right, on without a person.

# On the customer's page
chat-title = Chat
chat-with = { $name } is here with you
chat-lead = { $name } is looking after this with you. You can write here, or go on by yourself at any time.
chat-over = { $name } has left the chat. You can go on by yourself above.
chat-over-nobody = The chat is over, so this was not sent. You can go on by yourself above.
chat-you = You
chat-write = Write to { $name }
chat-send = Send
chat-empty = There was nothing to send.
chat-file = Add a photo or PDF
chat-file-send = Send the file
chat-alone = Go on without { $name }
chat-gone = This was erased.
chat-masked = Card numbers are never kept here: we hide them.

timeline-wrote = { $name ->
    [none] { $who } wrote in the chat.
   *[other] { $name } wrote in the chat.
    }
timeline-wrote-text = { $name } wrote: "{ $text }"
timeline-wrote-files = { $name } sent: { $text }
