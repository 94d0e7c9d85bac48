# Un cliente y una persona nuestra se escriben. name: el nombre de pila del agente.

chat-begins = Ahora escribe con { $name }. Responda aquí mismo. Para seguir sin { $name }, responda SEGUIR SOLO.
    .web = Está escribiendo con { $name }.
chat-line = { $name }: { $text }
chat-left = Hemos salido del chat. Puede seguir desde aquí:
front-passed-on = { $name } tiene su mensaje y le responderá aquí. Para seguir sin { $name }, responda SEGUIR SOLO.
front-alone = De acuerdo, seguimos sin nadie más.

# En la página del cliente
chat-title = Chat
chat-with = { $name } está aquí con usted
chat-lead = { $name } se ocupa de esto con usted. Puede escribir aquí, o seguir por su cuenta cuando quiera.
chat-over = { $name } ha salido del chat. Puede seguir por su cuenta arriba.
chat-over-nobody = El chat ha terminado, así que esto no se envió. Puede seguir por su cuenta arriba.
chat-you = Usted
chat-write = Escribir a { $name }
chat-send = Enviar
chat-empty = No había nada que enviar.
chat-file = Agregar una foto o un PDF
chat-file-send = Enviar el archivo
chat-alone = Seguir sin { $name }
chat-gone = Esto se borró.
chat-masked = Aquí nunca se guardan números de tarjeta: los ocultamos.

timeline-wrote = { $name ->
    [none] { $who } escribió en el chat.
   *[other] { $name } escribió en el chat.
    }
timeline-wrote-text = { $name } escribió: "{ $text }"
timeline-wrote-files = { $name } envió: { $text }
