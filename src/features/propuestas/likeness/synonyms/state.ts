/** The state and how it works: open government, procurement, budget, formalities, complaints, officials, data. */
export const STATE = `
# compromisos
compromiso plan programa estrategia accion politica meta objetivo promesa prometer compromisos planes programas estrategias acciones politicas metas objetivos promesas
seguimiento avance tablero monitoreo evidencia prueba indicador cumplido avances tableros monitorear evidencias indicadores
consulta participativo ejercicio opinar propuesta aportacion escuchar
retroalimentacion respondan respuesta conteste tomada cuenta desechada propuesta idea razones devolucion respuestas tomaron
resultados conclusiones mesa presentacion
evaluacion externa independiente juez parte afuera
plazo ampliar extender prorroga tiempo dias
inicio disenar diseno planear planeacion principio construir cocrear desde
buenas practicas ejemplo experiencia copiar replicar
transparencia transparente rendicion cuentas apertura saber acceso informacion transparencias opacidad opaco rendir rindan claridad
solicitud informacion saimex peticion acceso
# compras
licitacion concurso compra contratacion adjudicacion invitacion convocar subasta licitaciones concursos compras contrataciones adjudicaciones licitar subastas
contrato convenio pacto pactar firmar clausula anexo adjudicacion contratos convenios pactos clausulas
proveedor vendedor contratista empresa compania surtir proveedores empresas surtidores
adjudicacion directa concurso
testigo observador social veedor testigos observadores contralores
precio costo sobreprecio caro barato mercado referencia precios costos sobreprecios inflado inflados
fallo ganador apertura sobres propuestas ofertas
socio dueno beneficiario accionista prestanombre real verdadero
conflicto interes pariente parentesco familiar compadre amigo sobrino nepotismo intereses conflictos familiares parientes compadres compadrazgo favoritismo amiguismo
negro lista padron sancionado incumplir incumplida quedar mal
pyme pequeno chico local mipyme negocio comercio papeleria
medicina medicamento farmacia medicinas medicamentos farmacias desabasto recetas insulina pastillas
factura recibo comprobante ticket
renta arrendamiento rentado arrendar alquiler
# presupuesto
presupuesto participativo colonia voto proyectos presupuestos
gasto egreso erogacion gastar viaticos erogado gastos egresos erogaciones gastaron desembolso
ingreso recaudacion recaudar recaudado cobro obtener ingresos recaudaciones
impuesto predial contribucion tributo tarifa derechos impuestos contribuciones tributos tributario fiscal
deuda endeudado endeudamiento prestamo credito bancos deber adeudo moroso deudas pasivo pasivos creditos prestamos
publicidad propaganda medios periodico tele prensa comunicacion social publicitario propagandistico promocion personal
viaje viaticos hotel avion comision
auditoria fiscalizacion cuenta observaciones osfem fiscalizador irregularidades solventar auditorias auditores
fiesta feria patronal evento artista concierto festejo palenque cantante fiestas ferias eventos festejos
apoyo beca despensa social beneficiario programa tarjeta subsidio
simulador juego jugar repartir
# tramites
tramite gestion papeleo diligencia servicio papeles tramites gestiones diligencias papeleos
ventanilla mostrador modulo caja oficina atencion taquilla ventanillas modulos oficinas kiosco
requisito documento papel comprobante copia original curp ine identificacion formato requisitos documentos papeles comprobantes copias originales
cita turno fila formarse cola espera madrugada ficha citas turnos filas fichas
licencia permiso autorizacion concesion licencias permisos autorizaciones
acta nacimiento registro civil constancia certificado actas nacimientos registros civiles
predial tesoreria impuesto
coyote gestor intermediario mordida coyotes gestores coyotaje intermediarios tramitador
unica unico solo junten integrar centralizar misma
movil itinerante alejado comunidades caravana brigada
estado folio detenido atorado
compartir interoperar archivo tienen
calificar estrellas satisfaccion encuesta
funcionamiento apertura negocio giro comercio establecimiento
firma electronica linea digital
tarjeta pagar cobro deposito
# quejas
queja denuncia inconformidad reclamo reportar reporte denunciar acusar quejarse reclamar senalar delatar protesta quejas denuncias inconformidades reclamos reclamaciones acusaciones
corrupcion soborno mordida desvio moche irregularidad extorsion cohecho robo fraude ilicito sobornos mordidas moches corrupto corruptos transa tranza transas desfalco malversacion peculado chanchullo enriquecimiento cochupo
anonimo miedo represalia temor nombre
buzon caja sugerencias urna
sancion castigo inhabilitado multado falta sanciones castigos inhabilitados
contraloria interno control investigador
recurso revision impugnar negar negativa defensa medio amparo inconformidad apelar apelacion impugnacion
defensor asesor abogado gratuito acompanante
alertador denunciante testigo proteccion despedir puesto denunciantes alertadores soplon
archivar procede cierra desechar
alcalde presidente audiencia escuchar ciudadano miercoles cita
qr escanear codigo estampa
domicilio puerta tocar casa
# servidores
declaracion patrimonial bienes patrimonio casas cuentas intereses rico declaraciones patrimoniales propiedades patrimonios fortuna
sueldo salario remuneracion gana ganar compensacion bono pago percepcion quincena cobra nomina sueldos salarios honorarios remuneraciones percepciones aguinaldo prestaciones bonos compensaciones ingresos
curriculum perfil titulo cedula estudios carrera profesional preparacion experiencia perfiles curriculos preparados capacidad
agenda reunion cita encuentro asistentes cabildeo agendas reuniones lobby cabildeos
etica conducta codigo valores integridad honestidad reglas eticos principios
aviador plantilla nomina horario plaza trabaja aviadores plantillas plazas fantasmas
concurso examen merito plaza oposicion servicio carrera cargo examenes concursos oposiciones meritocracia
recomendado compadre sobrino pariente nepotismo amigo dedazo recomendados compadres palancas influyentes dedazos
unidad transparencia enlace encargado responsable
informe labores rendir discurso cuentas
ranking posiciones mejores desempeno evaluar
# datos
datos base archivo conjunto informacion registro cifras numeros bases conjuntos registros
abierto csv excel hoja calculo formato reutilizable descargable texto
escaneado pdf fotos impresas imagen
diccionario columna campo metadato encabezado descripcion
api interfaz programacion desarrollador automatico programador servicio
hackaton maraton concurso programar programen reto
licencia permiso reutilizar credito citar fuente comercial
grafica barras mapa visualizacion dibujos colores
suscripcion suscrito correo aviso actualiza cambia
historico borrar desaparecer trienio anterior conservar
actualizacion periodicidad vigencia frecuencia
personales privados domicilio anonimizar proteccion
estadistica sumar analizar analisis estadisticas sumas analitica
demanda sirve interesa utiles prioridad
# lenguaje
lenguaje claro sencillo ciudadano palabras comunes cristiano entendible simple llano coloquial lenguajes sencillas entendibles simples coloquiales
resumen sintesis version ciudadana popular corto breve pagina resumenes extracto compendio
tecnico abogado abogados juridico legal articulos fracciones leyes tecnicismo tecnicas legaloide juridicos tecnicismos
siglas abreviaturas acronimo nombre completo
infografia dibujo ilustracion historias imagenes casos
informe reporte documento ladrillo largo paginas
redaccion escribir redactar ortografia
semaforo dificultad legibilidad colores lectura
prueba piloto revisado leer usuarios revisar probar
video tutorial capsula corto minuto paso
aviso privacidad letra chiquita
acta cabildo acuerdo minuta sesion
ejemplo cotidiano comparar casa quincena familia
`
