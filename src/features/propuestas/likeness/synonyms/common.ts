/** Common words of any proposal: how people write, count, move, judge. Form: see `../concepts.ts`. */
export const COMMON = `
# -
escribir redactar capturar llenar teclear
dibujo dibujar pintar pintura
leer lectura lee lean
hablar platicar conversar dialogar decir
miedo temor temer asustar amenaza
enojo molestia queja disgusto
perder perdido extraviar
esperar espera paciencia
empezar iniciar comenzar arrancar inicio comienzo principio
terminar acabar concluir fin final
cambiar cambio modificar transformar mejorar mejora
seguir continuar permanecer
faltar falta carecer carencia ausencia escasez
sobrar exceso demasiado
compartir prestar intercambiar
juntar reunir unir integrar concentrar centralizar
separar dividir desglosar desagregar
contar numero cantidad total cuantos cifra
porcentaje proporcion ciento
promedio media
mapa ubicar localizar ubicacion
camara grabar grabacion
ruido molestia vecino
limpio limpiar limpieza sucio suciedad
bonito feo imagen
viejo antiguo usado
barato economico accesible caro costoso
grande chico pequeno
obligar obligatorio deber exigir forzar
prohibir prohibido impedir vedar
permitir dejar autorizar permiso autorizacion
negar rechazar rechazo negativa
aceptar admitir recibir tomar considerar
invitar invitacion convocar llamar convocatoria
visitar visita acudir asistir ir asistencia
viajar viaje traslado ir venir
entender comprender
recordar recordatorio memoria
copiar copia imitar replicar repetir
pegar colocar fijar poner exhibir
imprimir impreso impresion
repartir reparto distribuir entregar
tocar puerta domicilio casa visita
madre mama papa padre padres hijos
hermano hermana primo sobrino tio cunado pariente
companero colega amigo conocido
lider dirigente cacique representante
jefe director titular superior encargado
experto especialista tecnico perito profesional
tonto ignorante no estudio estudios
rico pobre dinero
honesto honrado corrupto ratero
amable grosero trato educado
justo injusto parejo igual equitativo
publico privado particular
local cercano cerca propio aqui
foraneo ajeno fuera externo
general particular especifico
claro oscuro confuso
visible escondido oculto
frecuente siempre constante
raro nunca
semana mes trimestre semestre periodo
manana tarde noche horario
lunes martes miercoles jueves viernes
enero febrero marzo diciembre
verano vacaciones clases ciclo
mensajero correo carta oficio
sello firma firmar
sala salon auditorio recinto
entrada puerta acceso reja
escalera piso elevador
pared barda muro
techo lamina gotera
ventana mostrador
camino vereda brecha carretera
esquina cruce semaforo glorieta
anuncio comercial propaganda
noticia nota reportaje periodico
rumor chisme falso desinformacion mentira
verdad cierto prueba evidencia comprobar
encuesta cuestionario formulario
concurso premio ganar
fiesta celebracion aniversario
comida comer alimento
ropa uniforme
juguete juego jugar
animal perro gato
planta arbol flor
`
