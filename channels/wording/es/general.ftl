# Lo que se dice en todos los momentos. El valor de un mensaje vale para todos los canales; .sms .phone .web lo
# reemplazan, .again es la forma más corta para un segundo intento.

# Preguntas sin texto propio, una por tipo. Datos: label, y los límites de la pregunta.
ask-amount = ¿De cuánto debe ser: { $label }?
ask-choice = ¿Qué prefiere como { $label }?
ask-yes-no = Sí o no: ¿{ $label }?
ask-date = ¿Qué día? ({ $label })
    .phone = ¿Qué día? Es para: { $label }.
ask-slot = ¿Qué horario le conviene más?
ask-text = Por favor, díganos: { $label }.
ask-digits = Por favor, díganos: { $label }.
ask-phone-number = ¿Qué número de teléfono debemos usar?
ask-email = ¿Qué dirección de correo electrónico debemos usar?
ask-code = { $sent ->
    [none] ¿Cuál es el código que le enviamos?
   *[other] ¿Cuál es el código que enviamos a { $sent }?
    }
    .phone = ¿Cuál es el código que le enviamos?
ask-payment-method = ¿Cómo le gustaría pagar?
ask-confirm = Por favor, revise: { $list }. ¿Es correcto?
ask-change = ¿Qué quiere cambiar?

# Cómo responder. .sms y .phone donde no hay nada que elegir, .sms-picks y .phone-picks después de una lista;
# .example en el segundo intento por teléfono, .keypad en el tercero; .hint junto a un campo; .hints para el
# reconocimiento de voz.
answer-amount =
    .sms = Responda con un monto, como 40 o 40.50.
    .sms-picks = O responda con otro monto.
    .phone = Diga un monto, o márquelo, con asterisco para el punto, y luego la tecla numeral.
    .phone-picks = Diga un monto, u { $picks }.
    .example = Por ejemplo, diga: cuarenta dólares.
    .example-picks = Por ejemplo, diga: cuarenta dólares. U { $picks }.
    .keypad = En su teclado, marque el monto, con asterisco para el punto, y luego oprima numeral.
    .keypad-picks = En su teclado, { $picks }. O marque otro monto, con asterisco para el punto, y oprima numeral.
    .hint = { $least ->
        [none] Hasta { $most }
       *[other] De { $least } a { $most }
        }
    .hints = dólares, centavos, monto completo, total, mínimo
answer-choice =
    .sms-picks = Responda con un número.
    .phone-picks = Diga una opción, u { $picks }.
    .example-picks = Diga el nombre, u { $picks }.
    .keypad-picks = En su teclado, { $picks }.
answer-yes-no =
    .sms = Responda SÍ o NO.
    .phone = Diga sí o no.
    .example = Solo diga sí o no.
    .keypad = En su teclado, oprima 1 para sí, o 2 para no.
    .hints = sí, no, claro, correcto, así es, no gracias
answer-date =
    .sms = { $earliest ->
        [none] { $latest ->
            [none] Responda con un día, como { $example }.
           *[other] Responda con un día, a más tardar el { $latest }.
            }
       *[other] { $latest ->
            [none] Responda con un día a partir del { $earliest }.
           *[other] Responda con un día del { $earliest } al { $latest }.
            }
        }
    .phone = { $earliest ->
        [none] { $latest ->
            [none] Diga un día.
           *[other] Cualquier día, a más tardar el { $latest }.
            }
       *[other] { $latest ->
            [none] Cualquier día a partir del { $earliest }.
           *[other] Cualquier día del { $earliest } al { $latest }.
            }
        }
    .example = Por ejemplo, diga: { $example }.
    .keypad = En su teclado, marque el mes y el día con cuatro dígitos: { $digits } para el { $example }.
    .hint = { $earliest ->
        [none] { $latest ->
            [none] {""}
           *[other] A más tardar el { $latest }
            }
       *[other] { $latest ->
            [none] A partir del { $earliest }
           *[other] Del { $earliest } al { $latest }
            }
        }
    .hints = hoy, mañana, pasado mañana, la próxima semana, lunes, martes, miércoles, jueves, viernes, sábado, domingo
answer-slot =
    .sms-picks = Responda con un número.
    .phone-picks = Diga cuál, u { $picks }.
    .example-picks = Por ejemplo, diga: el primero. U { $picks }.
    .keypad-picks = En su teclado, { $picks }.
answer-text =
    .sms = Responda con sus propias palabras.
    .phone = Cuénteme en pocas palabras.
    .example = Una o dos frases bastan.
answer-digits =
    .sms = { $length ->
        [none] Responda con el número.
       *[other] Responda con los { $length } dígitos.
        }
    .phone = { $length ->
        [none] Diga o marque el número, y luego oprima numeral.
       *[other] Diga o marque los { $length } dígitos.
        }
    .example = Dígalo dígito por dígito, así: cuatro, uno, cinco. O márquelo en su teclado.
    .keypad = { $length ->
        [none] En su teclado, marque el número, y luego oprima numeral.
       *[other] En su teclado, marque los { $length } dígitos.
        }
    .hint = { $length ->
        [none] {""}
       *[other] { $length } dígitos
        }
answer-phone-number =
    .sms = Responda con el número, empezando por el código de área.
    .phone = Dígalo o márquelo, empezando por el código de área, y luego oprima numeral.
    .example = Dígalo dígito por dígito, empezando por el código de área. O márquelo, y luego oprima numeral.
    .keypad = En su teclado, marque el número, empezando por el código de área, y luego oprima numeral.
    .hint = Con el código de área
answer-email =
    .sms = Responda con la dirección.
    .phone = Dígala despacio.
    .example = Por ejemplo: ana, punto, ruiz, arroba, example, punto, com.
    .hint = nombre@example.com
answer-code =
    .sms = Responda con el código.
    .phone = Marque sus { $length } dígitos en su teclado.
    .example = Tiene { $length } dígitos. Márquelos en su teclado, u oprima asterisco para recibir otro código.
    .keypad = Por favor, marque los { $length } dígitos en su teclado, u oprima asterisco para recibir otro código.
    .hint = { $length } dígitos
answer-payment-method =
    .sms-picks = Responda con un número.
    .phone-picks = Diga cuál, u { $picks }.
    .example-picks = Diga el nombre de la tarjeta, u { $picks }.
    .keypad-picks = En su teclado, { $picks }.
answer-confirm =
    .sms = Responda SÍ, o NO para cambiar algo.
    .phone = Diga sí, o no para cambiar algo.
    .example = Solo diga sí o no.
    .keypad = En su teclado, oprima 1 para sí, o 2 para cambiar algo.
    .hints = sí, no, correcto, así es, cambiar algo
answer-change =
    .sms-picks = Responda con un número.
    .phone-picks = Diga cuál, u { $picks }.
    .example-picks = Diga su nombre, u { $picks }.
    .keypad-picks = En su teclado, { $picks }.

press = oprima { $number } para { $label }
press-next = { $number } para { $label }
pick-line = { $number }) { $label }
picks-more = (y { $count } más)
new-card = Una tarjeta nueva
    .phone = una tarjeta nueva
new-card-here = Una tarjeta nueva: { $link }
card-only-here = Por favor, agregue una tarjeta en nuestra página segura: { $link }
enter-card = Por favor, marque ahora la tarjeta nueva en su teclado. No vemos ni guardamos su número.
card-only = Por favor, agregue una tarjeta en nuestra página segura.
    .phone = Una tarjeta solo se puede agregar en nuestra página segura. Al colgar, le enviaremos un enlace por mensaje de texto. Hasta luego.
web-link = Siga aquí: { $link }
press-zero = Oprima 0 para hablar con una persona.

# Botones de una página
button-yes = Sí
button-no = No
button-confirm = Sí, adelante
button-change = No, cambiar algo
button-skip = Omitir

# Respuestas en palabras
value-yes = sí
value-no = no
value-none = ninguno
value-code = recibido
value-method = una forma de pago guardada
how = { $channel }, { $at }
time-slot = { $day }, de { $start } a { $until }
time-hours = { $start } a { $until }

channel-phone = por teléfono
channel-sms = por mensaje de texto
channel-whatsapp = por WhatsApp
channel-email = por correo electrónico
channel-web = en la web
channel-store = en una tienda
channel-desk = con un agente

# Avisos sin texto propio
told-other = Hay novedades sobre esto: { $moment }.

# Qué pasó con lo que se pidió, cuando no se aceptó sin más (models.case.Note)
already-answered = Gracias, eso ya estaba respondido.
unfit = Esa respuesta no corresponde a la pregunta.
not-asked = Eso no se está preguntando ahora.
sealed = Eso ya no se puede cambiar, porque ya se realizó.
settling = Un momento, seguimos trabajando en su última respuesta.
conflict = Recibimos dos respuestas distintas a la vez. Por favor, revise lo que tenemos.
claimed = Alguien de nuestro equipo está trabajando en esto en este momento.
still-known = Tenemos registrado { $answer }.
    .sms = Tenemos registrado { $answer }. Responda SÍ para conservarlo.
    .phone = Tenemos registrado { $answer }. Diga sí para conservarlo.
unproved = Antes de seguir, tenemos que asegurarnos de que es usted.
finished = Esto ya se había completado.
not-confirmed = No sabemos si su última respuesta nos llegó. Por favor, vuelva a mirar en un momento.

# En qué punto está el caso
state-waiting = Por ahora no tiene que hacer nada. Le avisaremos cuando haya novedades.
state-with-a-person = Alguien de nuestro equipo se está ocupando de esto y se comunicará con usted.
state-stuck = Disculpe, algo no funciona de nuestro lado. Alguien de nuestro equipo se comunicará con usted.
state-uncertain = Estamos verificando si esto se realizó, y le avisaremos. Por favor, no lo intente de nuevo por ahora.
state-finished = Todo listo: { $moment }.
state-cancelled = Cancelado: { $moment }. No se hará nada más.
state-expired = Cerrado: { $moment }. Llevaba demasiado tiempo en espera.
what-next = ¿Algo más? Solo responda.
    .phone = ¿Hay algo más en que le pueda ayudar?
    .web = ¿Hay algo más en que le podamos ayudar?
goodbye = Gracias por llamar. Hasta luego.

status-open = en curso
status-parked = a la espera de usted
status-with-a-person = con nuestro equipo
status-stuck = con nuestro equipo
status-uncertain = en verificación
status-finished = listo
status-cancelled = cancelado
status-expired = cerrado

# Lo que se dice fuera de una pregunta
greeting = ¡Hola! ¿Qué le gustaría hacer? Por ejemplo: pagar mi factura.
    .phone = Hola, gracias por llamar. ¿Qué le gustaría hacer? Por ejemplo, diga: pagar mi factura.
    .web = ¿Qué le gustaría hacer?
help = Puede responder con sus propias palabras o con un número, o decir LLÁMAME para que le llamemos, PERSONA para hablar con nuestro equipo, CAMBIAR para cambiar una respuesta, STOP para no recibir más mensajes.
    .phone = Puede responder con sus propias palabras, o usar su teclado. Diga: volver, para cambiar una respuesta, u oprima 0 para hablar con una persona.
    .web = Responda la pregunta de abajo. Puede cambiar respuestas anteriores, y seguir por teléfono o por mensaje de texto cuando quiera.
stopped = No recibirá más mensajes de texto de nosotros. Responda START para volver a recibirlos.
started = ¡Qué gusto que haya vuelto! Recibirá de nuevo nuestros mensajes.
person-offer = O responde PERSONA y alguien del equipo te ayuda.
person = Alguien de nuestro equipo se comunicará con usted.
    .phone = Le comunico con alguien de nuestro equipo. Un momento.
call-you-back = No pudimos resolverlo aquí, así que alguien de nuestro equipo le devolverá la llamada. Gracias. Hasta luego.
unknown-wish = Disculpe, no entendí qué le gustaría hacer. Por ejemplo: pagar mi factura.
    .phone = Disculpe, no entendí qué le gustaría hacer. Por ejemplo, diga: pagar mi factura.
too-long = Es demasiado largo para leerlo. Por favor, use menos palabras.
empty = Ese mensaje estaba vacío. ¿Qué nos quiere decir?
way-back = { $question } Siga aquí: { $link }
reminder = Todavía falta terminar esto: { $moment }. { $question }
still-working = Seguimos trabajando en ello, y le avisaremos.
sorry-away = Disculpe, no podemos responder en este momento. No se pierde nada: inténtelo de nuevo en unos minutos.
    .phone = Disculpe, no podemos seguir en este momento. No se pierde nada: vuelva a llamar en unos minutos. Hasta luego.
stale-link = Este enlace ya se usó o ya no es válido. Le podemos enviar uno nuevo.
working = Un momento, estamos en ello.
