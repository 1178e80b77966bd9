/** Common words of any proposal: how people write, count, move, judge. Form: see `../concepts.ts`. */
export const COMMON = `
# -
escribir redactar capturar llenar teclear anotar apuntar registrar teclado
dibujo dibujar pintar pintura
leer lectura lee lean
hablar platicar conversar dialogar decir charlar charla dialogue conversacion
miedo temor temer asustar amenaza panico terror intimidar intimidacion susto represalias represalia temeroso
enojo molestia queja disgusto coraje inconformidad disgustar enfado malestar molesto
perder perdido extraviar perdida extravio extraviado traspapelar
esperar espera paciencia aguardar sala esperan
empezar iniciar comenzar arrancar inicio comienzo principio emprender abrir inicien arranque
terminar acabar concluir fin final finalizar culminar concluido finalizacion termino conclusion
cambiar cambio modificar transformar mejorar mejora transformacion reforma reformar reemplazar sustituir sustitucion ajustar ajuste corregir reestructurar innovacion innovar
seguir continuar permanecer
faltar falta carecer carencia ausencia escasez carente insuficiente hueco ausente escaso vacio
sobrar exceso demasiado excesivo abundante saturado saturacion
compartir prestar intercambiar intercambio prestamo comparten
juntar reunir unir integrar concentrar centralizar agrupar compilar recopilar centralice concentrado unico conjuntar
separar dividir desglosar desagregar clasificar segmentar desglose desglosado desagregado apartar repartir
contar numero cantidad total cuantos cifra conteo contabilizar contabilidad cifras numeros sumatoria
porcentaje proporcion ciento
promedio media
mapa ubicar localizar ubicacion
camara grabar grabacion
ruido molestia vecino
limpio limpiar limpieza sucio suciedad aseo asear pulcro mugre mugroso sucios cochinero barrer higienico
bonito feo imagen
viejo antiguo usado
barato economico accesible caro costoso costear accesibles economicos costosos
grande chico pequeno
obligar obligatorio deber exigir forzar imponer forzoso mandato obligacion obligados deberes
prohibir prohibido impedir vedar restringir vetar impedimento prohibicion
permitir dejar autorizar permiso autorizacion autorizaciones consentir facultar licencias
negar rechazar rechazo negativa denegar negacion oponer desechar rechazos
aceptar admitir recibir tomar considerar
invitar invitacion convocar llamar convocatoria citar convocatorias llamado invitados
visitar visita acudir asistir ir asistencia recorridos recorrer presenciar
viajar viaje traslado ir venir
entender comprender
recordar recordatorio memoria
copiar copia imitar replicar repetir duplicado fotocopia calcar reproducir
pegar colocar fijar poner exhibir
imprimir impreso impresion
repartir reparto distribuir entregar
tocar puerta domicilio casa visita
madre mama papa padre padres hijos
hermano hermana primo sobrino tio cunado pariente
companero colega amigo conocido
lider dirigente cacique representante
jefe director titular superior encargado directora directivo coordinador mando superiores subdirector
experto especialista tecnico perito profesional peritaje consultor conocedor profesionales tecnicos ingeniero arquitecto
tonto ignorante no estudio estudios
rico pobre dinero pobreza riqueza humilde millonario
honesto honrado corrupto ratero integro integridad probidad decente rectitud honestidad
amable grosero trato educado
justo injusto parejo igual equitativo justicia equidad imparcialidad desigualdad
publico privado particular
local cercano cerca propio aqui
foraneo ajeno fuera externo
general particular especifico
claro oscuro confuso
visible escondido oculto ocultos recondito perdido buscar encontrar
frecuente siempre constante constantemente continuo periodico periodicidad periodicamente regular
raro nunca
semana mes trimestre semestre periodo
manana tarde noche horario
lunes martes miercoles jueves viernes
enero febrero marzo diciembre
verano vacaciones clases ciclo
mensajero correo carta oficio
sello firma firmar
sala salon auditorio recinto aula foro teatro casino ejidal
entrada puerta acceso reja
escalera piso elevador
pared barda muro
techo lamina gotera
ventana mostrador
camino vereda brecha carretera terraceria sendero ruta caminos puente
esquina cruce semaforo glorieta crucero interseccion esquinas
anuncio comercial propaganda
noticia nota reportaje periodico noticiero noticias diario periodistico prensa
rumor chisme falso desinformacion mentira bulo fakenews engano mentiras rumores
verdad cierto prueba evidencia comprobar veracidad veraz verdadero comprobable pruebas
encuesta cuestionario formulario
concurso premio ganar
fiesta celebracion aniversario festejo feria festividad baile
comida comer alimento alimentacion alimentos menu cocina
ropa uniforme
juguete juego jugar juegos dinamica ludico ludica
animal perro gato
planta arbol flor
`
