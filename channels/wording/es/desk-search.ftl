# Lo que encontró la búsqueda, y por qué.

desk-found-many = { $count } clientes encontrados, y hay más
desk-found-more = Mostrar más ({ $count })
desk-found-first = Volver al principio
desk-found-from = Desde el { $from } de { $count }
desk-found-strays = Mensajes que aún no son de nadie
desk-found-also-name = También
desk-found-also-paper = Número
desk-found-also-bill = Factura
desk-found-also-payment = Pago
desk-found-also-order = Pedido
desk-found-also-ticket = Incidencia
desk-found-also-visit = Cita
desk-found-also-dispute = Reclamación
desk-found-also-credit = Abono
desk-found-also-plan = Plazos
desk-found-also-plan-change = Cambio de tarifa
desk-found-also-promise = Promesa de pago
desk-found-older = Un caso anterior
