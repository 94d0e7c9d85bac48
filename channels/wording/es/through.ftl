# Una persona al teléfono: lo que oye quien llama, y lo que oye alguien del equipo antes de que se conecten
through-to = Le comunico con { $name }. Un momento, por favor.
through-next = Ahora mismo no puede atenderle. Lo intento con { $name }. Un momento, por favor.
through-held = Ahora mismo todo el equipo está atendiendo a alguien. No cuelgue y lo sigo intentando. O pulse 1 y le devolvemos la llamada.
through-still-held = Lo sigo intentando. Pulse 1 y le devolvemos la llamada.
through-queued = Estoy buscando a alguien del equipo.
through-place = Es el número { $place } en la cola.
through-about = Tarda más o menos { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
    }.
through-key = Pulse 1 y le devolvemos la llamada.
through-closed = Nuestro equipo atiende de nuevo desde el { $when }.
through-kept = { $name } se ocupa de esto y se pondrá en contacto con usted. Gracias por llamar. Adiós.
whisper-in = Segue. { $name } está al teléfono.
whisper-out = Segue. Esta es su llamada a { $name }.
whisper-somebody = Un cliente
whisper-answered = { $count ->
    [0] Aún no hay nada respondido.
    [one] Hay una pregunta respondida.
   *[other] Hay { $count } preguntas respondidas.
    }
whisper-next = Lo siguiente: { $label }.
whisper-key = Pulse 1 para atender la llamada.
whisper-gone = Quien llamaba ha colgado, o alguien más atendió la llamada. Adiós.
whisper-not-there = El cliente no atendió la llamada. Adiós.
