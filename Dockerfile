# Two stages: Maven and the sources stay behind.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -B -ntp -q package -DskipTests -pl topology -am

FROM eclipse-temurin:17-jre-jammy
# jemalloc: RocksDB allocates blocks of many sizes from many threads, and glibc's malloc gives that memory back late.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libjemalloc2 curl \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 weir \
    && useradd --system --uid 10001 --gid weir --home-dir /var/lib/weir --create-home weir
COPY --from=build /build/topology/target/weir.jar /opt/weir/weir.jar
COPY --from=build /build/LICENSE /build/NOTICE /opt/weir/
ENV LD_PRELOAD=libjemalloc.so.2 \
    JAVA_OPTS="-Xmx1g -XX:+UseG1GC -XX:G1HeapRegionSize=4m -XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=65 -XX:+ExitOnOutOfMemoryError" \
    WEIR_STATE_DIRECTORY=/var/lib/weir/state \
    WEIR_HTTP_HOST=0.0.0.0
USER weir
VOLUME /var/lib/weir
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=6 \
    CMD curl --fail --silent http://127.0.0.1:8080/health/live || exit 1
# exec: the JVM is process 1 and gets SIGTERM itself.
ENTRYPOINT ["/bin/sh", "-c", "exec java $JAVA_OPTS -jar /opt/weir/weir.jar \"$@\"", "weir"]
CMD ["run"]
