# Lo que la tableta de la tienda dice de su conexión, su bloqueo, los colegas, el escaneo, los comprobantes y las entregas.

store-keep = Lo que espera para enviarse
store-keep-away = Sin conexión. Puede seguir: lo que escriba se guarda en esta tableta y sale por sí solo.
store-keep-kept = Sin conexión. Guardado en esta tableta; sale por sí solo.
store-keep-unanswered = El sistema aún no responde. Guardado en esta tableta; sale por sí solo.
store-keep-unkept = Eso necesita conexión y no se guarda en esta tableta: hágalo de nuevo cuando vuelva.
store-keep-sending = Volvió la conexión. Enviando…
store-keep-sent = Enviado
store-keep-refused = El caso avanzó mientras tanto: no se tomó lo que escribió:
store-keep-now = Ahora es:
store-keep-back = Retirar
store-keep-seen = Entendido
store-keep-gone = Sin conexión. El cliente está cerrado en esta tableta.
store-keep-gone-lead = Lo que se escribió sale por sí solo. Después puede atender al siguiente cliente.
store-keep-dropped = Algo que escribió para el último cliente no se pudo enviar. Se borró de esta tableta.
store-away-title = Sin conexión
store-away-lead = Esta tableta vuelve a intentarlo sola y regresa a donde estaba.
store-away-kept = Lo que escribió está guardado en esta tableta y sale por sí solo.

store-lock = Bloquear
store-locked = Esta tableta está bloqueada
store-locked-lead = Quien la bloqueó inicia sesión y sigue con el cliente. Para otra persona, empieza de nuevo.
store-covered = No hubo nadie por un rato
store-covered-lead = Esta tableta se está bloqueando. Primero sale lo que se escribió.

store-busy = { $name } atiende a este cliente desde las { $since }.
store-busy-lead = Solo una tableta a la vez. Desde aquí no se cambió nada.
store-busy-take = El cliente está conmigo ahora

store-scan = Escanear con la cámara
store-scan-stop = Detener la cámara
store-scan-picture = Lo que ve la cámara
store-scan-failed = No se puede usar la cámara. Escríbalo.

store-slip-text = Enviárselo por mensaje
store-slip-texted = El enlace va en camino al número registrado.
store-slip-too-often = Hace unos minutos se envió un enlace. Imprima el comprobante o intente más tarde.
store-slip-nowhere = No hay un número de teléfono registrado. Imprima el comprobante.

store-hand-title = Entregar: { $device }
store-hand-lead = Pedido { $reference }, para recoger en { $branch }.
store-hand-label = IMEI o número de serie de la caja
store-hand-hint = 15 dígitos, o el número de serie del fabricante. Se anota con su nombre y la hora.
store-hand-old = Se recibió el equipo anterior: { $old }
store-hand-send = Entregado
store-hand-done = Entregado y anotado.
page-store-hand-id = Revise primero la identificación del cliente.
page-store-hand-number = Eso no es un IMEI ni un número de serie. Escanéelo de nuevo o escríbalo de la caja.
