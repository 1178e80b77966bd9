/** What is asked for and how: acts, people, times and qualities. Form: see `../concepts.ts`. */
export const ACTS = `
# -
publicar difundir divulgar mostrar muestren exhibir transparentar publico publica visible vista subir suban revelar conocer enterarse enterar enteramos publicacion difusion aparecer exponer sacar saquen
informar avisar aviso anunciar anuncio notificar notificacion comunicar comunicado alerta enterarse digan decir cuenten contar avisen recordatorio
explicar explicacion aclarar aclaren detallar describir descripcion exponer explique entender entiendan entendible
preguntar consultar consulta encuesta opinar opinion sondeo pregunten voz parecer
votar votacion voto urna casilla elegir eleccion plebiscito referendum decidan escoger
decidir decision resolver determinar acordar acuerdo aprobar decidieron
responder respuesta contestar contestacion contesten respondan replica resolucion
participar participacion intervenir involucrar colaborar incluir inclusion tomar sumarse
reunion asamblea junta sesion mesa dialogo encuentro foro sentarse platicar audiencia cabildo
vigilar supervisar supervision vigilancia revisar revision inspeccionar inspeccion monitorear observar fiscalizar contraloria verificar verificacion comprobar auditar control seguimiento
comite consejo grupo comision observatorio equipo
evaluar evaluacion medir midan medicion calificar calificacion indicador diagnostico resultados desempeno ranking puntuar estrellas encuesta
premiar premio reconocimiento reconocer galardon concurso distintivo incentivo motivar diploma
castigar castigo sancion sancionar multa multar inhabilitar inhabilitado correr despedir despido consecuencia
cumplir cumplimiento cumplan cumplido prometer promesa compromiso comprometer ofrecieron
arreglar arreglo reparar reparacion componer compongan descompuesto descomponer mantenimiento corregir correccion reponer reponga rehabilitar restaurar averiado falla dañado sirve funcionan funciona
construir construccion edificar obra edificar infraestructura constructora hacer edificio
quitar eliminar suprimir reducir evitar desaparecer borrar quiten
crear formar establecer instalar poner colocar habilitar instituir fundar montar armar integrar
dar entregar repartir otorgar asignar reparto distribuir distribucion proporcionar proveer
recibir reciban obtener ganar conseguir
pedir solicitar solicitud peticion requerir exigir demandar
pagar pago cobrar cobro costo cuesta costar precio tarifa cuota valer vale importe cobran monto
gratis gratuito gratuita gratuidad costo regalado
comprar compra adquirir adquisicion surtir abastecer
vender venta comercializar venden
guardar conservar conserve archivar archivo almacenar repositorio permanente historico
enviar mandar envio manden remitir
descargar bajar descarga bajen
grabar grabacion video transmision transmitir vivo pasen streaming camara
abrir apertura abierto abierta
cerrar cierre bloquear bloqueo clausurar
avance progreso adelanto etapa estado estatus situacion
proteger proteccion cuidar resguardar garantias garantia seguro privacidad
personal personales privado privada domicilio direccion celular identidad intimidad
anonimo anonima anonimato nombre identidad
identificar nombre nombrar designar encargado responsable titular cargo contacto
comparar comparacion contrastar cotejar referencia
aumentar aumento subir subieron incremento incrementar alza ampliar ampliacion encarecer
disminuir bajar reducir recorte ahorro
tardar demora tiempo espera esperar retraso lento plazo tardan tardarse
rapido pronto inmediato agil agilizar rapidez urgente
fecha calendario horario plazo cronograma programacion cuando hora dias
previo anticipacion antes anticipado
mensual mes mensualmente meses
semanal semana
anual ano anualmente anos cada doce
trimestral trimestre trimestres
diario diariamente
porque motivo razon razones causa justificar justificacion
error equivocacion falla mal equivocado
facil sencillo sencilla simple accesible claro clara comprender entender comprensible entendible
dificil complicado enredado confuso complejo
gente ciudadano ciudadana ciudadania vecino vecina vecinos persona poblacion habitante habitantes pueblo comunidad publico sociedad usuario
organizacion asociacion colectivo civil ong sociedad
universidad academico academica academia investigador uaemex tecnologico facultad
empresa compania negocio empresario empresarial iniciativa privado privada constructora contratista fabrica industria comercio proveedor firma
autoridad gobierno gobernante administracion estado gubernamental oficial
servidor funcionario funcionaria empleado empleada burocrata personal trabajador servidores funcionarios
presidente alcalde edil municipe gobernador
regidor edil sindico regiduria cabildo
ayuntamiento municipio municipal presidencia alcaldia localidad
dependencia institucion oficina organismo secretaria instancia entidad sujeto obligado area
instituto infoem organo garante comisionado comisionada pleno
mujer mujeres femenino genero senora madre mama
hombre masculino senor padre papa
nino nina ninos infantil menor chiquito pequeno infancia peque bebe hijo hija
joven jovenes adolescente juventud muchacho muchacha chavo chava
mayor anciano anciana viejito viejo abuelo abuela vejez edad adulto jubilado
familia familiar pariente parientes madre padre hijo hermano esposo
representante vocero aval delegado
barrio colonia calle zona fraccionamiento unidad localidad cuadra delegacion
pueblo comunidad rancho rural ejido alejado lejano sierra cerro monte localidades caserio
ciudad urbano cabecera centro capital toluca
region regional zona oriente sur norte valle
plaza parque jardin explanada area verde kiosco
mapa plano croquis cartografia ubicacion geografico georreferenciado
lista listado padron registro relacion tabla directorio catalogo inventario censo nomina
foto fotografia imagen imagenes grafica visual dibujo ilustracion pictograma infografia
cartel letrero lona manta anuncio poster espectacular pancarta tablero pizarron rotulo estampa
folleto triptico material impreso volante hoja papel cartilla
numero folio clave codigo
telefono celular llamada llamar marcar linea movil
mensaje correo email notificacion sms whatsapp
internet red linea web portal pagina sitio digital plataforma virtual electronico electronica
aplicacion app programa software sistema herramienta
computadora equipo maquina ordenador laptop
libro libros lectura leer lean biblioteca
historia cuento testimonio caso relato
trabajo empleo chamba laboral puesto plaza
dinero recurso recursos presupuesto gasto gastar gastaron ingreso fondos erogar erogado ejercer ejercido costo inversion
acceso entrar entrada ingresar
ayuda ayudar apoyo apoyar asesorar asesoria acompanar acompanamiento auxilio auxiliar orientacion orientar asistencia
escuchar oir audio sonido voz oyen
ver mirar observar vista visual
riesgo peligro peligroso seguro inseguro amenaza
confianza credibilidad creer
nuevo actualizar actualizacion actualizado dia renovar vigente reciente
antiguo viejo anterior pasado historico
completo integro todo entero total
parcial incompleto tachado tachadura oculto esconder
dueno propietario socio accionista
ganador ganar fallo
sorteo rifa azar insaculacion
independiente externo externa autonomo imparcial ajeno
respeto trato amable dignidad humillar maltrato atencion atender atienden
violencia agresion golpe abuso acoso
muerte morir fallecer
accidente choque atropellar percance
noche oscuro oscuridad nocturno
fin semana sabado domingo
idea propuesta aportacion sugerencia planteamiento iniciativa
uso utilizar usar aprovechar reutilizar emplear
ocupar lugar espacio cupo sitio
lejos distancia trasladar viaje viajar camino pasaje traslado
mover movil itinerante ambulante recorrer camioneta unidad caravana
casa hogar vivienda domicilio puerta
`
