# Las palabras propias de la empresa, tal como sus sistemas las dan: los nombres de sus cargos y colores, y cómo se
# nombra una tarjeta. Un nombre que no está aquí se dice como viene.

company-card = { $brand } terminada en { $digits }
company-monthly-plan = plan mensual
company-roaming-day-pass = pase diario de roaming
company-premium-text-messages = mensajes de texto premium
company-late-fee = cargo por pago tardío
company-midnight = medianoche
company-silver = plata
company-graphite = grafito
company-gold = dorado
company-blue = azul
company-black = negro
