# Por qué se vuelve a preguntar algo, o por qué no se aceptó. Un mensaje por código, cada uno una frase completa.

# Lo que se dijo
because-no-input = Disculpe, no recibimos su respuesta.
    .phone = Disculpe, no escuché nada.
    .web = Por favor, dé una respuesta.
because-no-match = Disculpe, no entendí eso.
    .web = Disculpe, no pudimos leer eso.
because-calling = De acuerdo, le llamamos ahora.
because-person = Alguien de nuestro equipo se comunicará con usted.
because-call-nowhere = No tenemos un número de teléfono para llamarle.
because-what-then = De acuerdo. ¿Entonces cuál es?
because-ambiguous = Eso puede significar más de una cosa. Por favor, dígalo de otra manera.
    .either = ¿Quiso decir { $first } o { $second }? Por favor, dígalo completo.
because-empty = Su respuesta estaba vacía.
because-too-long = { $longest ->
    [none] Es demasiado largo para leerlo.
   *[other] Es demasiado largo: use { $longest } caracteres como máximo.
    }

# Montos
because-not-an-amount = No puedo usar eso como monto.
because-not-a-money = No puedo usar eso como monto.
because-wrong-currency = Por favor, indique el monto en { $currency }.
because-too-much = Es demasiado: el máximo es { $most }.
because-too-little = { $least-is ->
    [zero] El monto tiene que ser mayor que cero.
   *[some] Es muy poco: el mínimo es { $least }.
    }

# Opciones
because-not-an-option = Esa no es una de las opciones.
because-not-yes-or-no = Disculpe, ¿eso fue un sí o un no?
because-not-a-slot = Ese horario no está disponible.
because-not-a-method = No conocemos esa forma de pago.

# Días
because-not-a-date = Disculpe, no entendí qué día es.
because-too-early = Es demasiado pronto: el primer día posible es el { $earliest }.
because-too-late = Es demasiado tarde: el último día posible es el { $latest }.

# Números y direcciones
because-wrong-shape = Ese número no tiene la forma correcta.
because-mistyped = Parece que uno de los dígitos está equivocado.
because-not-a-phone-number = Eso no parece un número de teléfono.
because-not-an-email = Eso no parece una dirección de correo electrónico.
because-wrong-code = Ese código no es correcto o ya no es válido.
because-code-used-up = Ese código ya no se puede usar. Por favor, pida uno nuevo.

# Tarjetas
because-needs-web = Una tarjeta nueva solo se puede agregar en nuestra página segura.
    .phone = Una tarjeta nueva solo se puede agregar en nuestra página segura. Al colgar, le enviaremos un enlace por mensaje de texto.
because-card-stopped = De acuerdo, sin tarjeta nueva.
because-card-not-read = Disculpe, no se pudo leer esa tarjeta.
because-card-away = Disculpe, ahora no podemos recibir una tarjeta nueva.
because-no-card-numbers-here = Por su seguridad, no dé números de tarjeta aquí. No lo guardamos.
because-insufficient-funds = El pago fue rechazado: no hay fondos suficientes en la tarjeta o cuenta.
because-expired-card = Esa tarjeta está vencida.
because-card-declined = Esa tarjeta fue rechazada.
because-paid-meanwhile = Mientras tanto se pagó una parte de esta factura.
because-bad-number = Ese número de tarjeta no parece correcto.

# Lo que el caso descubrió por sí mismo
because-changed = Algo de lo que dijo antes cambió; por favor, revíselo una vez más.
because-no-longer-fits = Lo que dijo antes ya no corresponde.
because-other = Disculpe, eso no funcionó.
because-claimed = { $name } tiene este caso a su cargo desde { $since }.
