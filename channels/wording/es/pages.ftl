# Lo que rodea a las preguntas en las páginas, y las pocas frases que la puerta dice por sí misma.

# Por teléfono y mensaje de texto
page-you-were = Qué gusto que haya vuelto. Quedó pendiente { $doing }.
page-withheld = Disculpe, no podemos ver su número, así que no podemos guardar su lugar. Por favor, llame de nuevo con su número visible. Hasta luego.
page-only-text = Aquí solo podemos leer palabras, no imágenes ni grabaciones. ¿Qué nos quiere decir?
page-text-kept = Tenemos su mensaje. No podemos responder ahora mismo, pero pronto le escribiremos aquí. No hace falta que lo envíe de nuevo.
page-code-text = Su código de Segue es { $code }. Sirve una vez, durante 10 minutos. Nunca le llamaremos para pedírselo.
page-code-subject = Su código

# Inicio
page-brand = Segue
page-skip = Ir al contenido
page-start-title = ¿En qué le podemos ayudar?
page-start-lead = Empiece aquí, siga por teléfono o por mensaje de texto, y vuelva cuando quiera. Nunca se le pregunta lo mismo dos veces.
page-start-open = En curso
page-start-moments = Empezar algo
page-start-phone = ¿Prefiere hablar o escribir?
page-start-phone-lead = Llame o escriba al { $number }. Todo lo que haga aquí estará allí también.
page-start-resume = Seguir con algo
page-start-resume-lead = Siga donde se quedó, por cualquier canal.
page-go-on = Continuar
page-go-on-since = Última actividad: { $day }
page-moment-lead = Toma más o menos un minuto
page-moment-lead-pay-bill = Toda o una parte, ahora u otro día
page-moment-lead-upgrade-device = Un teléfono nuevo, con entrega del anterior, a domicilio o en tienda
page-moment-lead-change-plan = Vea qué le conviene según su uso real, y desde cuándo
page-moment-lead-resolve-technical-issue = Sin señal, datos lentos, llamadas que se cortan: busquemos la causa
page-moment-lead-resolve-billing-issue = Un cargo que no reconoce, explicado o corregido
page-moment-lead-welcome = Sus primeros días con nosotros, paso a paso
page-sign-in = Iniciar sesión
page-language = Idioma
page-language-own = Español

# La cuenta
page-account-title = Su cuenta
page-account-open = Siga donde se quedó
page-account-lead = Todo está tal como lo dejó, siga por donde siga.
page-account-closed = Ya terminado
page-account-closed-none = Lo que termine aparecerá aquí.
page-account-reach = ¿Cómo quiere que nos comuniquemos?
page-account-reach-lead = Para novedades y recordatorios. Cuando usted nos escribe, le respondemos donde escribió.
page-account-save = Guardar
page-account-saved = Guardado. Así nos comunicaremos con usted.
page-account-addresses = Lo que tenemos registrado
page-way-sms = Por mensaje de texto
page-way-whatsapp = Por WhatsApp
page-way-email = Por correo electrónico
page-way-phone = Por llamada telefónica

# Un código que se escribe
page-code-typed-title = ¿Tiene un código?
page-code-typed-lead = Ocho caracteres que le dijimos, le enviamos o le imprimimos.
page-code-typed-label = Su código
page-code-typed-wrong = Ese código no abre nada. Por favor, revíselo; cada uno sirve una vez y solo por un tiempo.

# Iniciar sesión
page-sign-in-title = Confirmemos que es usted
page-resume-title = Siga donde se quedó
page-number-label = Su número de celular
page-number-hint = Le enviaremos un código por mensaje de texto. Aplican tarifas estándar de mensajes.
page-number-unread = Eso no parece un número de teléfono. Por favor, indíquelo con su código de área.
page-number-send = Enviarme un código
page-too-often = Fueron demasiados intentos por ahora. Por favor, espere unos minutos e inténtelo de nuevo.
page-code-title = Escriba su código
page-code-lead = Si el { $number } puede recibir mensajes de texto, un código de 6 dígitos va en camino. Sirve una vez, durante 10 minutos.
page-code-label = Código de 6 dígitos
page-code-check = Continuar
page-code-wrong = Ese código no es correcto. Por favor, revíselo e inténtelo de nuevo.
page-code-over = Ese código ya no es válido. Por favor, pida uno nuevo.
page-code-other = Usar otro número o pedir un código nuevo
page-ready-title = Su sesión está abierta en este navegador
page-ready-start = Empezar ahora
page-sign-out = Cerrar sesión
page-resume-none = No tiene nada pendiente
page-resume-none-lead = Cuando empiece algo, podrá volver a ello aquí.
page-left-title = Guardamos su lugar
page-left-lead = Vuelva aquí, o siga por teléfono o por mensaje de texto, cuando le convenga.

# Un enlace
page-pass-title = Qué gusto que haya vuelto
page-pass-lead = Siga donde se quedó: { $moment }.
page-pass-note = Este enlace sirve una vez, y solo para usted. Por favor, no lo reenvíe.
page-stale-title = Ese enlace ya no es válido
page-stale-lead = Cada enlace sirve una vez y solo por un tiempo, para que nadie más lo pueda usar. Podemos enviar uno nuevo al número que tenemos registrado.
page-stale-send = Enviarme un enlace nuevo
page-stale-sent = Si sabemos cómo comunicarnos con usted, un enlace nuevo va en camino.
page-stale-resume = Usar mi número de teléfono
page-link-text = Este es su nuevo enlace: { $link } Sirve una vez.

# Un caso
page-steps = Sus respuestas
page-steps-none = Sus respuestas aparecerán aquí, las dé por donde las dé.
page-change = Cambiar
page-change-of = Cambiar { $label }
page-now = Ahora sigue
page-send = Continuar
page-or = u otro monto
page-optional = opcional
page-no-thanks = No, gracias
page-known = Tenemos { $value }. ¿Sigue siendo correcto?
page-known-yes = Sí, es correcto
page-known-or = o indique otro
page-file-choose = Elija una foto o un PDF
page-file-drop = o suéltelo aquí
page-file-hint = JPEG, PNG, GIF, WebP, HEIC o PDF, hasta 10 MB. Solo nosotros lo podemos abrir.
page-file-send = Enviarlo
page-elsewhere-sms = Esto no se puede dar aquí. Escriba al { $number }, y seguimos en esta misma pregunta.
page-elsewhere-phone = Esto no se puede dar aquí. Llame al { $number }, y seguimos en esta misma pregunta.
page-elsewhere-web = Esto no se puede dar aquí. Abra el caso en un navegador, y seguimos en esta misma pregunta.
page-elsewhere-store = Esto no se puede dar aquí. Venga a una tienda, y seguimos en esta misma pregunta.
page-elsewhere-whatsapp = Esto no se puede dar aquí. Escríbanos por WhatsApp, y seguimos en esta misma pregunta.
page-elsewhere-email = Esto no se puede dar aquí. Escríbanos un correo, y seguimos en esta misma pregunta.
page-elsewhere-desk = Esto no se puede dar aquí. Llame al { $number }, y alguien de nuestro equipo sigue con usted en esta misma pregunta.
page-check = Por favor, revise
page-save = Guardar y terminar después
page-call-off = Cancelar esto
page-call-off-sure = ¿Cancelar todo? Lo que ha respondido hasta ahora no se usará.
page-call-off-yes = Sí, cancelar
page-refresh = Volver a mirar
page-news = Para su información
page-anywhere-title = Siga donde quiera
page-anywhere = Llame o escriba al { $number } y seguimos aquí mismo. Nada se pregunta dos veces.
page-secure = Aquí nunca se guardan números de tarjeta.
page-receipt = Recibo
page-receipt-reference = Referencia
page-receipt-method = Pagado con
page-receipt-on = Día de pago
page-receipt-at = Recibido
page-receipt-left = Falta por pagar
page-back-start = Volver al inicio
page-lost-live = Las novedades en vivo están en pausa. Reintentando.

# La página del procesador
page-card-brand = PretendPay
page-card-title = Agregar una tarjeta
page-card-lead = Está en la página del procesador de pagos. El número de la tarjeta se queda aquí: Segue recibe solo una clave y los últimos cuatro dígitos.
page-card-number = Número de tarjeta
page-card-expiry = Vencimiento
page-card-expiry-hint = MM/AA
page-card-save = Guardar tarjeta
page-card-back = Volver sin tarjeta
page-card-trial = Para probar: 4242 4242 4242 4242 funciona, los números que terminan en 0002 se rechazan.

# Cuando algo sale mal
page-error-title = Esto no funcionó
page-error-unknown = Aquí no hay nada, o no le corresponde verlo.
page-error-forbidden = Esta página estuvo abierta demasiado tiempo, o se abrió en otra ventana. Por favor, vuelva atrás, recárguela e inténtelo de nuevo.
page-error-not-your-role = Su función no abre esta página. Si debería, pregunte a Administración.
page-error-too-often = Fueron demasiados intentos por ahora. Por favor, espere unos minutos e inténtelo de nuevo.
page-error-not-confirmed = No pudimos comunicarnos a tiempo con nuestros propios sistemas. No se pierde nada: inténtelo de nuevo en un momento.
page-error-fault = Algo falló de nuestro lado. Por favor, inténtelo de nuevo en un momento.

# La página de la API
page-docs-title = API de Segue

# La demostración
page-stage-title = Un cliente, todos los canales
page-stage-lead = Escriba, llame, mande un correo o haga clic. Empiece donde quiera y siga donde quiera: el caso lo acompaña.
page-stage-number = Número del cliente
page-stage-use = Usar este número
page-stage-new = Cliente nuevo
page-stage-devices = Mostrar un dispositivo
page-stage-phone = Teléfono
page-stage-threads = Qué mensajes
page-stage-texts = Mensajes
page-stage-whatsapp = WhatsApp
page-stage-no-texts = Todavía no hay mensajes. Pruebe: “pagar mi factura”.
page-stage-compose = Mensaje de texto
page-stage-attach = Adjuntar una foto
page-stage-send = Enviar
page-stage-call = Llamar al { $number }
page-stage-in-call = En línea
page-stage-ringing = Llamada entrante
page-stage-answer = Contestar
page-stage-decline = Rechazar
page-stage-say = Lo que usted dice
page-stage-speak = Decirlo
page-stage-quiet = No decir nada
page-stage-hang-up = Colgar
page-stage-keypad = Teclado
page-stage-key = Oprimir { $key }
page-stage-browser = Navegador
page-stage-address = Dirección
page-stage-go = Ir
page-stage-home = Inicio
page-stage-frame = La página del cliente
page-stage-tablet = Tableta de la tienda
page-stage-store = Tienda
page-stage-mail = Buzón
page-stage-inbox = Bandeja de entrada
page-stage-mail-back = Volver a la bandeja de entrada
page-stage-mail-new = Escribir
page-stage-mail-subject = Asunto
page-stage-mail-write = Su mensaje
page-stage-mail-body = Lo que dice el correo
page-stage-no-subject = (sin asunto)
page-stage-no-mails = Todavía no hay correos. Escriba uno, como a cualquier empresa.
page-stage-timeline = Lo que ve el agente
page-stage-timeline-short = Historia
page-stage-timeline-lead = Cada paso en palabras sencillas, haya llegado por donde haya llegado.
page-stage-nothing = Todavía nada. Envíe un mensaje, haga una llamada o abra la página.
page-stage-life = Lo que falla en la vida real
page-stage-life-lead = Todo esto le pasa a clientes de verdad. Después, nada se pregunta dos veces.
page-stage-drop = Cortar la llamada
page-stage-drop-done = La línea se cortó. Llame de nuevo, o mire sus mensajes.
page-stage-lose = Perder el próximo mensaje
page-stage-lose-done = El próximo mensaje a este teléfono no llegará.
page-stage-twice = Entregar dos veces
page-stage-twice-on = De ahora en adelante todo lo que envíe llega dos veces.
page-stage-twice-off = Todo llega de nuevo una sola vez.
page-stage-old-mail = Responder un correo viejo
page-stage-company = En la empresa
page-stage-happen-outage = Aquí empieza una interrupción del servicio
page-stage-happen-outage-over = La interrupción terminó
page-stage-happen-parcel = La tienda envía el pedido, o lo tiene listo
page-stage-happen-visit-over = El técnico terminó
page-stage-happen-dispute-granted = El reclamo se acepta
page-stage-happen-dispute-refused = El reclamo se rechaza
page-stage-happen-fault-again = La falla volvió
page-stage-happen-joined-before = Es cliente desde hace un mes
page-stage-happened = Ya ocurrió. Vea lo que se le dice al cliente.
page-stage-away = La red telefónica no responde. ¿Está funcionando el operador?
page-stage-you = Usted
page-stage-them = Segue

# La demostración: tres pasos para probar, por cada momento
page-stage-try = Pruebe esto
page-stage-on-sms = Mensaje:
page-stage-on-whatsapp = WhatsApp:
page-stage-on-phone = Llamada:
page-stage-on-email = Correo:
page-stage-on-web = Navegador:
page-stage-on-store = Tienda:
page-stage-put-sms = Escribirlo por mí
page-stage-put-whatsapp = Escribirlo por mí
page-stage-put-phone = Hacer la llamada
page-stage-put-email = Escribirlo por mí
page-stage-put-web = Abrir la página
page-stage-put-store = Ir al mostrador
page-stage-try-pay-bill-1 = diga que quiere pagar su factura.
page-stage-try-pay-bill-1-say = Quiero pagar mi factura
page-stage-try-pay-bill-2 = le pregunta cuánto. Diga un monto, y luego corte la llamada.
page-stage-try-pay-bill-2-say = cuarenta dólares
page-stage-try-pay-bill-3 = dé su número, lea el código que recibe, y pague en la terminal.
page-stage-try-upgrade-device-1 = pida un teléfono nuevo y toque lo que le guste.
page-stage-try-upgrade-device-1-say = Quiero un teléfono nuevo
page-stage-try-upgrade-device-2 = siga por voz desde esa misma pregunta. Diga cuál, y corte la llamada cuando guste.
page-stage-try-upgrade-device-2-say = el primero
page-stage-try-upgrade-device-3 = responda lo demás en el mostrador, deje que revisen su identificación y haga el pedido. Luego la tienda lo envía.
page-stage-try-change-plan-1 = inicie sesión con el código que recibe, y empiece a cambiar su plan.
page-stage-try-change-plan-2 = diga cuándo empieza el plan: se le pregunta solo eso, como en la página.
page-stage-try-change-plan-2-say = el próximo lunes
page-stage-try-change-plan-3 = confirme por correo, con sus propias palabras.
page-stage-try-change-plan-3-say = Hola, quería cambiar mi plan. Sigamos, por favor.
page-stage-try-resolve-technical-issue-1 = diga que algo no funciona. Le pregunta qué es: cuelgue.
page-stage-try-resolve-technical-issue-1-say = algo no funciona
page-stage-try-resolve-technical-issue-2 = escriba qué es, con sus propias palabras, y siga con los pasos de revisión.
page-stage-try-resolve-technical-issue-2-say = mis datos móviles están muy lentos desde esta mañana
page-stage-try-resolve-technical-issue-3 = diga qué ayudó, o elija un horario para el técnico. Luego deje que la vida siga su curso.
page-stage-try-resolve-billing-issue-1 = escriba sobre un cargo que no conoce.
page-stage-try-resolve-billing-issue-1-say = Hay un cargo en mi factura que no reconozco.
page-stage-try-resolve-billing-issue-2 = elija el pase de roaming, reclámelo y agregue una foto como prueba.
page-stage-try-resolve-billing-issue-3 = confirme, y deje que la empresa decida.
page-stage-try-resolve-billing-issue-3-say = sí
page-stage-try-welcome-1 = haga que sea cliente desde hace un mes, y luego salude.
page-stage-try-welcome-1-say = Acabo de contratar el servicio, ¿y ahora?
page-stage-try-welcome-2 = diga cómo quiere que nos comuniquemos.
page-stage-try-welcome-2-say = WhatsApp
page-stage-try-welcome-3 = responda lo demás en su cuenta, hasta la última estrella.

# Personal
