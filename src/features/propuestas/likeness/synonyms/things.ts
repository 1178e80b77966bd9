/** Things of public life in groups that people name one for another. Form: see `../concepts.ts`. */
export const THINGS = `
# compras
licitacion concurso compra aclaraciones bases propuesta apertura fallo proveedores junta preguntas
contrato factura pago compra directa proveedor empresa
plataforma sitio sistema compranet sola portal
# obras
bache hoyo pozo calle asfalto pavimento carpeta llanta poncha lluvia
material asfalto cemento concreto varilla grava tabique constructora calidad
banqueta guarnicion paso cebra
obra inconclusa terminar cascaron elefante blanco
# agua
colonia todos dias agua llega tandeo reciben falta
recibo cobro cargo agua consumo medidor lectura
tinaco cisterna bomba
# seguridad
policia oficial patrulla turno elemento comandante ronda
chat grupo whatsapp vecinal alerta policia
camara boton alarma
# tramites
constancia residencia vecindad domicilio identidad certificado carta
formato formulario solicitud llenar linea
licencia permiso plazo dias tarda reglamento
pantalla celular telefono movil chica
notaria registro propiedad publico
# lenguas
indigena bilingue mazahua otomi nahuatl idioma lengua originaria pueblo abuelos
letrero senal rotulo senalamiento oficina
cuento cancion musica historia nino
juez ministerio proceso interprete traductor
# discapacidad
silla ruedas andadera baston muletas rampa elevador planta baja piso
discapacidad ciego sordo condicion inclusion laboral
camion unidad transporte adaptado rampa
# talleres
preparatoria bachillerato prepa joven chavo escuela
padres comite mesa directiva escuela dinero cuentas
servidor publico capacitar funcionario curso
# datos
dato cifra numero base archivo estadistica
ambiente ecologista ambientalista ecologia contaminacion
error mal duplicado repetido equivocado corregir
# presupuesto
presupuesto gasto anual ano cabildo aprobar proyecto
multa infraccion licencia permiso recurso dinero
semanas quince dias plazo opinar
tesoreria tesorero hacienda finanzas
nomina sueldos plantilla
# gobierno
diputado legislador ley iniciativa congreso distrito legislatura camara
gobernadora gobernador ejecutivo estado
secretaria dependencia organismo descentralizado
empleado funcionario burocrata servidor trabajador
gafete credencial nombre identificacion uniforme
felicitacion reconocimiento bueno buzon bien
puerta abierta recibir cita
informe gobierno anual rendir
campana publicidad imagen logotipo color
vehiculo camioneta oficial gasolina vale coche
edificio oficina renta inmueble patrimonio
celular viatico gasto representacion
asesor consultor consultoria despacho honorarios
# salud
consulta cita medico ficha turno
medicina receta surtir desabasto farmacia medicamento
hospital cama quirofano urgencia
enfermera doctor personal
vacuna campana brigada
salud mental psicologo terapia
agua comida higiene
# transporte
camion combi ruta pasaje chofer tarifa
parada paradero horario espera
taxi plataforma aplicacion
transito semaforo vialidad trafico embotellamiento
estacionar parquimetro franelero viene
carretera caseta cuota
moto motociclista casco
# ambiente
basura camion recolector contenedor bote
arbol poda tala derribo
rio arroyo descarga drenaje aguas negras
aire humo fabrica verificacion
bosque monte incendio reforestacion bosques montes incendios
ruido bocina antro bar
perro gato animal
tiradero relleno sanitario lixiviado
energia solar panel
# escuelas
maestro profesor clase salon
cuota cooperacion inscripcion padres
uniforme utiles libro
bano agua luz escuela
comida desayuno comedor
bullying acoso violencia
transporte escolar camion
beca apoyo estudiante
# internet
internet wifi red plaza gratis
celular saldo recarga datos
pagina portal sitio web
correo mensaje aviso notificacion
radio bocina perifoneo altavoz
papel impreso formato buzon
televisor tele canal
# participacion
consulta encuesta opinion propuesta
asamblea reunion junta
comite consejo vecinal
voto urna eleccion
respuesta contestar seguimiento
voluntario promotor
infancia ninos dibujos
# -
examen prueba test evaluacion control confianza reprobar reprobado pasaron aprobado acreditar examenes pruebas
guia folleto instructivo manual ilustrado paso pasos sigue primero
acta minuta resumen sesion junta reunion acuerdo
desierta cancelar cancelan anular suspender concurso
chapopote asfalto chapopotear parche bacheo
nivel lleno llenos vacio queda cuanta presa pozo volumen
devolver regresar reembolso reintegrar reponer
quimico sustancia descarga toxico tiran rio color industria fabrica
especialista cardiologo pediatra ginecologo doctor medico
parejo justo equitativo desigual zona barrio invertir
domicilio direccion terreno baldio existe fantasma fachada comprobar
calificar calificacion nota puntuacion estrellas evaluar
medidor lectura cobro doble consumo
llamada marcar 911 c5 entran atienden caso
justificar explicacion motivo quieren pedir
parte mitad porcentaje destine destinar
compartir original copia curp comprobante expedir mensajero
qr codigo escanear estampa celular pegar
publicidad propaganda periodico tele inserciones imagen foto
plazo tiempo dias cerrar cierra acabar terminar mes opinar
propuesta idea aportacion opinion texto
respuesta avisar contestar tomar cuenta desechar
espacio cuidado ninos hijos mamas madres entretener asistir
civica civismo formacion etica materia clase
estado avance obra imagen foto porcentaje
patrulla vehiculo policia policiaco unidad camioneta
renta arrendamiento rentar alquiler rentada
sueldo salario ganar cobrar nomina quincena ingreso
brecha diferencia comparar hombres mujeres sexo varones
paisano estados unidos chicago extranjero fuera
deposito pago pension apoyo cobra fecha
letrero cartel rotulo anuncio lona
llave tubo tuberia fuga
lampara foco luminaria luz poste
hoyo bache socavon
interprete traductor
mordida soborno dinero corrupcion
familiar pariente sobrino compadre
camion combi autobus unidad
carro coche auto vehiculo
doctor medico
maestro profesor
escuela plantel
nino chiquito infante
policia oficial
papel documento
dinero recurso
internet linea red
telefono celular
`
