/** The state and how it works: open government, procurement, budget, formalities, complaints, officials, data. */
export const STATE = `
# compromisos
compromiso plan programa estrategia accion politica meta objetivo promesa prometer
seguimiento avance tablero monitoreo evidencia prueba indicador cumplido
consulta participativo ejercicio opinar propuesta aportacion escuchar
retroalimentacion respondan respuesta conteste tomada cuenta desechada propuesta idea razones
resultados conclusiones mesa presentacion
evaluacion externa independiente juez parte afuera
plazo ampliar extender prorroga tiempo dias
inicio disenar diseno planear planeacion principio construir cocrear desde
buenas practicas ejemplo experiencia copiar replicar
transparencia transparente rendicion cuentas apertura saber acceso informacion
solicitud informacion saimex peticion acceso
# compras
licitacion concurso compra contratacion adjudicacion invitacion convocar subasta
contrato convenio pacto pactar firmar clausula anexo adjudicacion
proveedor vendedor contratista empresa compania surtir
adjudicacion directa concurso
testigo observador social veedor
precio costo sobreprecio caro barato mercado referencia
fallo ganador apertura sobres propuestas ofertas
socio dueno beneficiario accionista prestanombre real verdadero
conflicto interes pariente parentesco familiar compadre amigo sobrino nepotismo
negro lista padron sancionado incumplir incumplida quedar mal
pyme pequeno chico local mipyme negocio comercio papeleria
medicina medicamento farmacia
factura recibo comprobante ticket
renta arrendamiento rentado arrendar alquiler
# presupuesto
presupuesto participativo colonia voto proyectos
gasto egreso erogacion gastar viaticos erogado
ingreso recaudacion recaudar recaudado cobro obtener
impuesto predial contribucion tributo tarifa derechos
deuda endeudado endeudamiento prestamo credito bancos deber adeudo moroso
publicidad propaganda medios periodico tele prensa comunicacion social
viaje viaticos hotel avion comision
auditoria fiscalizacion cuenta observaciones osfem fiscalizador irregularidades solventar
fiesta feria patronal evento artista concierto festejo palenque cantante
apoyo beca despensa social beneficiario programa tarjeta subsidio
simulador juego jugar repartir
# tramites
tramite gestion papeleo diligencia servicio papeles
ventanilla mostrador modulo caja oficina atencion taquilla
requisito documento papel comprobante copia original curp ine identificacion formato
cita turno fila formarse cola espera madrugada ficha
licencia permiso autorizacion concesion
acta nacimiento registro civil constancia certificado
predial tesoreria impuesto
coyote gestor intermediario mordida
unica unico solo junten integrar centralizar misma
movil itinerante alejado comunidades caravana brigada
estado folio detenido atorado
compartir interoperar archivo tienen
calificar estrellas satisfaccion encuesta
funcionamiento apertura negocio giro comercio establecimiento
firma electronica linea digital
tarjeta pagar cobro deposito
# quejas
queja denuncia inconformidad reclamo reportar reporte denunciar acusar quejarse reclamar senalar delatar protesta
corrupcion soborno mordida desvio moche irregularidad extorsion cohecho robo fraude ilicito
anonimo miedo represalia temor nombre
buzon caja sugerencias urna
sancion castigo inhabilitado multado falta
contraloria interno control investigador
recurso revision impugnar negar negativa defensa medio amparo
defensor asesor abogado gratuito acompanante
alertador denunciante testigo proteccion despedir puesto
archivar procede cierra desechar
alcalde presidente audiencia escuchar ciudadano miercoles cita
qr escanear codigo estampa
domicilio puerta tocar casa
# servidores
declaracion patrimonial bienes patrimonio casas cuentas intereses rico
sueldo salario remuneracion gana ganar compensacion bono pago percepcion quincena cobra nomina
curriculum perfil titulo cedula estudios carrera profesional preparacion experiencia
agenda reunion cita encuentro asistentes cabildeo
etica conducta codigo valores integridad honestidad reglas
aviador plantilla nomina horario plaza trabaja
concurso examen merito plaza oposicion servicio carrera cargo
recomendado compadre sobrino pariente nepotismo amigo dedazo
unidad transparencia enlace encargado responsable
informe labores rendir discurso cuentas
ranking posiciones mejores desempeno evaluar
# datos
datos base archivo conjunto informacion registro cifras numeros
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
estadistica sumar analizar analisis
demanda sirve interesa utiles prioridad
# lenguaje
lenguaje claro sencillo ciudadano palabras comunes cristiano entendible simple llano coloquial
resumen sintesis version ciudadana popular corto breve pagina
tecnico abogado abogados juridico legal articulos fracciones leyes tecnicismo
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
