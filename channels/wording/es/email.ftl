# Lo que solo dicen los correos. Las preguntas, avisos y motivos son los de todos los canales; su .email va primero.

email-hello = Hola:
email-echo = Anotamos: { $answer }.
email-tap = Responda con un toque:
email-how = O simplemente responda a este correo, encima del texto anterior: basta con un número de la lista.
email-how-words = Para responder, conteste a este correo, encima del texto anterior.
email-known = Tenemos registrado: { $answer }. Para conservarlo, solo responda SÍ.
email-skip = Puede dejarlo sin responder: solo responda OMITIR.
email-link = Siga aquí: { $link }
email-link-button = Seguir aquí
email-subject = { $title }
email-subject-none = Su mensaje para nosotros
email-foot = Este correo trata solo de una cosa: { $moment }. También puede seguir por teléfono, por mensaje de texto o en la web, exactamente donde está ahora.
email-foot-stop = Para no recibir más correos de nosotros, responda STOP.
email-stopped = No recibirá más correos de nosotros. Responda START para volver a recibirlos.
email-started = ¡Qué gusto que haya vuelto! Recibirá de nuevo nuestros correos.
email-help = Puede responder con sus propias palabras o con un número, o escribir LLÁMAME para que le llamemos, PERSONA para hablar con nuestro equipo, CAMBIAR para cambiar una respuesta, STOP para no recibir más correos.
email-unproved = Recibimos su mensaje, pero su proveedor de correo no pudo confirmar que viene de usted, así que no hicimos nada con él. Por favor, use el enlace de nuestro último correo, envíenos un mensaje de texto o llámenos.
email-kept = Recibimos su mensaje y no podemos responderlo en este momento. No se pierde: le responderemos pronto.
email-file-type = No pudimos recibir uno de sus archivos: aceptamos imágenes y PDF.
email-file-too-big = No pudimos recibir uno de sus archivos: un archivo puede tener hasta 10 MB.

# La página detrás de una respuesta de un toque
page-tap-title = Su respuesta
page-tap-question = { $question }
page-tap-check = Su respuesta: { $answer }
page-tap-send = Enviar esta respuesta
page-tap-note = Todavía no se ha enviado nada. Abrir esta página no cambia nada.
page-tap-stale-title = Esta respuesta ya no hace falta
page-tap-answered = Esa pregunta ya se respondió, o cambió desde que le escribimos.
page-tap-closed = Esto se resolvió desde que le escribimos. Ya no queda nada por responder.
page-tap-wrong = Este enlace está incompleto o es demasiado antiguo. Por favor, ábralo desde nuestro último correo.
page-tap-again = Enviarme la pregunta actual por correo
page-tap-sent = Le enviamos por correo la pregunta actual, si la hay.
