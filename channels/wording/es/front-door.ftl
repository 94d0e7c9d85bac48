# Lo que se dice en la puerta: antes de encontrar un caso, entre dos de ellos, y sobre los códigos que llevan a uno.

front-either = ¿Se trata de { $first }, o de { $second }? Responda 1 para lo primero, o 2 para lo segundo.
    .phone = ¿Se trata de { $first }, o de { $second }?
front-which = ¿Eso es para { $first }, o para { $second }? Responda 1 para lo primero, o 2 para lo segundo.
    .phone = ¿Eso es para { $first }, o para { $second }?
front-met = Quedó pendiente { $doing }, y habíamos llegado a: { $label }. ¿Seguimos? Responda SÍ, o NO para otra cosa.
    .phone = Quedó pendiente { $doing }, y habíamos llegado a: { $label }. ¿Seguimos? Diga sí, o no para otra cosa.
front-met-hints = sí, no, seguir, sigamos, otra cosa
front-aside = De acuerdo, eso puede esperar. ¿Qué le gustaría hacer?
front-first = De acuerdo, después volvemos a esto: { $doing }.
front-back = Volvamos a esto: { $doing }.
front-resumed = Quedó pendiente { $doing }.
front-missed = Disculpe, no entendí qué le gustaría hacer. Por ejemplo: pagar mi factura. O responda PERSONA, y alguien de nuestro equipo se comunicará con usted.
    .phone = Disculpe, no entendí qué le gustaría hacer. Por ejemplo, diga: pagar mi factura. U oprima 0 para hablar con una persona.
front-hello = hola, buenas, buenos días, buenos dias, buen día, buen dia, buenas tardes, buenas noches, qué tal, que tal, hola buenas, hola buenos días, hola buenas tardes
front-something-else = otra cosa, algo más, algo mas, algo diferente, algo distinto, eso no, ahora no, ninguno, ninguna, ninguno de los dos, ninguna de las dos, ninguna de esas

front-pass-ask = ¿Cuál es el código? Tiene ocho caracteres.
front-pass-open = Gracias. Quedó pendiente { $doing }.
front-pass-wrong = Ese código no es válido, o ya no lo es. Puede obtener uno nuevo donde se lo dieron.
front-pass-misheard = No entendí ese código. Tiene ocho caracteres, letras y números. Por favor, envíelo de nuevo.
    .phone = No entendí ese código. Tiene ocho caracteres, letras y números. Por favor, dígalo de nuevo, despacio.
front-pass-locked = Hubo demasiados códigos equivocados. Por favor, inténtelo de nuevo en una hora.
front-guessed = Alguien probó códigos equivocados a su nombre. No se abrió nada. Si fue usted, inténtelo de nuevo en una hora; si no, no tiene que hacer nada.
front-calling = De acuerdo, le llamamos ahora.
front-call-nowhere = No tenemos un número de teléfono para llamarle.
front-resent = Le enviamos un código nuevo.
# Cómo se pide este idioma, en él y en otros.
front-speak = español, espanol, en español, en espanol, español por favor, espanol por favor, en español por favor, en espanol por favor, habla español, habla espanol, spanish, in spanish, spanish please, in spanish please, speak spanish
front-offer-language = Para español, diga: español.
front-language = De ahora en adelante le escribiremos en español. ¿Qué le gustaría hacer?
    .phone = De ahora en adelante hablaremos en español. ¿Qué le gustaría hacer?
    .again = De ahora en adelante seguimos en español.
