# Páginas de quienes trabajan aquí.

page-staff-title = Personal
page-staff-sign-in = Iniciar sesión
page-staff-sign-in-lead = Para quienes trabajan aquí. La sesión se cierra tras media hora sin uso.
page-staff-name = Nombre de usuario
page-staff-password = Contraseña
page-staff-or = o bien
page-staff-provider = Entrar con su cuenta de la empresa
page-staff-wrong = Ese nombre y esa contraseña no corresponden, o la cuenta está cerrada.
page-staff-locked = Demasiados intentos fallidos con este nombre. Espere 15 minutos o consulte a un administrador.
page-staff-provider-away = El acceso de su empresa no responde en este momento. Inténtelo de nuevo enseguida.
page-staff-provider-refused = El acceso de su empresa no le permitió entrar aquí. Empiece de nuevo o pregunte a un administrador qué función tiene.
page-staff-onward = Su sesión está iniciada

# La página propia
page-staff-hello = Hola, { $name }
page-staff-in-team = Equipo { $team }
page-staff-role = Función
page-staff-role-agent = Agente
page-staff-role-supervisor = Supervisión
page-staff-role-associate = Asociado de tienda
page-staff-role-ops = Operaciones
page-staff-role-analyst = Análisis
page-staff-role-admin = Administración
page-staff-door-desk = Atención
page-staff-door-desk-lead = Quién necesita a una persona, y sus casos
page-staff-door-ops = Operaciones
page-staff-door-ops-lead = El estado, los casos parados y su reparación
page-staff-door-store = Tienda
page-staff-door-store-lead = Atender a quien está en el mostrador
page-staff-door-people = Personas y funciones
page-staff-door-people-lead = Quién trabaja aquí y dónde tiene sesión abierta
page-staff-door-customers = Ver a un cliente
page-staff-door-customers-lead = Sin un caso a su cargo, por un motivo que usted indica
page-staff-door-audit = Registro
page-staff-door-audit-lead = Cada consulta y cada cambio, en líneas JSON
page-staff-sessions = Dónde tiene sesión abierta
page-staff-sessions-lead = Cierre lo que no reconozca.
page-staff-sessions-theirs = Sesiones abiertas
page-staff-here = Esta
page-staff-way-password = Con contraseña
page-staff-way-provider = Con cuenta de la empresa
page-staff-way-stage = En el escenario
page-staff-browser-unknown = Navegador desconocido
page-staff-seen = Desde { $began }. Último uso: { $seen }.
page-staff-nowhere = En ninguna parte por ahora
page-staff-end = Cerrar
page-staff-end-all = Cerrar todas las sesiones
page-staff-renew = Contraseña nueva
page-staff-renew-lead = La creamos nosotros y se muestra una sola vez. Se cierran todas sus sesiones.
page-staff-renew-send = Crear una contraseña nueva
page-staff-password-new = La contraseña nueva
page-staff-password-once = Anótela ahora para { $name }. No se puede volver a mostrar.

# Personas y funciones
page-staff-people = Personas y funciones
page-staff-people-lead-all = Todos los que pueden entrar aquí.
page-staff-people-lead-team = Todos los del equipo { $team }.
page-staff-closed = Cerrada
page-staff-add = Agregar a una persona
page-staff-add-lead = Para quien no tiene cuenta de la empresa. Su contraseña se crea aquí.
page-staff-add-send = Agregar
page-staff-person-name = Nombre
page-staff-team = Equipo
page-staff-name-needed = Complete el nombre y el nombre de usuario.
page-staff-name-taken = Alguien ya tiene este nombre de usuario.
page-staff-give = Función y cuenta
page-staff-give-send = Guardar función y equipo
page-staff-close = Cerrar la cuenta
page-staff-reopen = Abrir la cuenta de nuevo

# Ver a un cliente
page-staff-reason = ¿Por qué consulta?
page-staff-reason-lead = No tiene a su cargo ningún caso de este cliente. Lo que escriba aquí se guarda para siempre, con su nombre y la hora.
page-staff-reason-who = Cliente
page-staff-reason-who-hint = Un número de teléfono, un correo electrónico o un identificador de cliente.
page-staff-reason-why = Motivo
page-staff-reason-short = Diga en al menos diez caracteres por qué consulta.
page-staff-reason-nobody = No se encontró a ningún cliente con eso.
page-staff-reason-send = Ver
page-staff-customer = Cliente
page-staff-customer-lead = Todo lo ocurrido en todos los casos y canales, lo más reciente primero. Esta consulta quedó registrada.
page-staff-customer-none = Todavía no ha ocurrido nada.
