/** What people do and what happens to them, as they say it at home and in an office. Form: see `../concepts.ts`. */
export const VERBS = `
# -
romper roto rota rompio quebrar deshacer deshace despegar despego destruir destruido deteriorar danar desbaratar caer cayo rotos quebrado rompen destrozado maltrecho
tapar rellenar bachear parchar cubrir
durar duracion aguantar resistir
asistir ir acudir entrar presenciar venir participar asistentes acuden presencia
escuchar oir atender oyen
dejar permitir admitir entren entremos abrir
excluir dejan fuera quedar apartar
checar revisar verificar cotejar comprobar examinar analizar
repetir repetido seguido seguidas constante
fraccionar partir parten dividir chiquitas trozos
juntar reunir concentrar unificar solo misma sola repartida sueltas
comparar compare contraste diferencia desigualdad igual
ensenar mostrar exhibir presentar ver
aprobar autorizar votar pasar
gastar usar utilizar emplear destinar invertir ejercer
recaudar cobrar juntar ingresar percibir
reconocer felicitar felicitacion agradecer premiar elogiar
llenar rellenar capturar completar escribir formato formulario
guardar conservar grabar salvar mitad borrar borro perdio
persona presencial presentarse ir acudir
mandar enviar recibir correo remitir entregar
tardar demorar demoran dilatar atrasar retrasar tarda tardan pasan
vigilar patrullar patrullaje rondin rondar recorrer ruta rutas turno
avisar alertar alerta reportar alarmar
contestar responder visto ignorar caso
acusar senalar culpar proceso procesar
traducir interprete entender entiende lengua
poner colocar instalar senalizacion senal letrero
subir bajar escalera piso planta elevador caminar silla andadera
contratar emplear laboral trabajar puesto incluir
invitar convocar llamar citar
ensenar instruir educar formar curso taller clase capacitacion educacion aprendizaje instruye
administrar manejar llevar cuentas dinero
buscar encontrar localizar hallar hallen localicen buscador localizador
corregir componer arreglar enmendar error
senalar avisar notar detectar
opinar decir parecer comentar pensar
explicar detallar desglosar claves cargo concepto
quejar reclamar protestar inconformar
entender claro letra comprender
identificar gafete nombre cargo credencial identificacion uniforme
votar voto sentido motivo
cerrar tapar bloquear clausurar
limpiar barrer desazolvar
cortar suspender quitar servicio
inundar encharcar meter agua
enfermar enfermo infeccion diarrea
esperar formarse hacer fila cola
perder dia manana tiempo trabajo descontar
gastar pasaje camion viaje
cuidar vigilar proteger
robar asaltar quitar hurtar despojar
golpear lastimar herir
ahorrar economizar cuidar
sembrar plantar reforestar
tirar arrojar botar desperdiciar
contaminar ensuciar envenenar
quemar incendiar humo
construir levantar edificar hacer
abandonar dejar tirado inconcluso parado suspendido terminar
inaugurar abrir estrenar
heredar anterior pasado administracion
prometer ofrecer campana comprometer
olvidar acordarse recordar
mentir falso enganar simular mentiras falsedad falsos
esconder ocultar tapar guardar negar esconden ocultan encubrir encubrimiento tapadera
descubrir encontrar destapar
demostrar probar comprobar evidencia
copiar imitar ejemplo modelo
difundir anunciar perifonear pregonar
asustar temer miedo riesgo
despedir correr quitar cesar
ascender promover concurso
heredero pariente recomendado palanca
aprender estudiar practicar
jugar divertir entretener
pintar dibujar colorear
cantar cancion musica
contar narrar historia cuento
bajar descargar archivo
conectar internet red senal
navegar pagina sitio portal
teclear escribir computadora
tocar llamar timbre
comer alimentar cocinar
curar sanar aliviar tratar
nacer nacimiento parto
casarse matrimonio boda
morir fallecer muerte defuncion
mudarse cambiar domicilio
vivir residir residencia habitar domicilio constancia
estacionar estacionamiento parquimetro cajon
manejar conducir chofer manejo choferes conduce
chocar accidente atropellar
caminar andar pie peaton
pedalear bicicleta
volar avion
regar riego agua
medir pesar litro tonelada metro kilo
fechar dia calendario cuando
empeorar peor urgente prioridad orden primero
decidir resolver definir
obedecer respetar acatar cumplir
`
