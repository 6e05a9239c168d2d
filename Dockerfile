FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY mvnw pom.xml *.md ./
COPY .mvn .mvn
COPY openapi/openapi.yaml openapi/
COPY docs docs
COPY src src
# For /actuator/info, as the repository is not here: --build-arg COMMIT=$(git rev-parse HEAD)
ARG COMMIT
RUN test -z "$COMMIT" || echo "git.commit.id=$COMMIT" > src/main/resources/git.properties
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -DskipTests package \
    && java -Djarmode=tools -jar target/nabla-*.jar extract --layers --destination target/layers

FROM eclipse-temurin:25-jre
# ND4J brings libgomp for x86-64 but not for ARM. Pictures need a font, and what finds it.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 nabla \
    && useradd --uid 10001 --gid 10001 --create-home nabla \
    && install --directory --owner=10001 --group=10001 /data /opt/nabla/cache
WORKDIR /opt/nabla
# The libraries, far larger than the application, change less often: they are a layer of their own.
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/application/nabla-*.jar nabla.jar
# The flags of the pom's jvm.flags, and where ND4J's libraries are unpacked.
RUN printf '%s\n' --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -XX:+ExitOnOutOfMemoryError -XX:-UseCountedLoopSafepoints -XX:CompileCommand=quiet -XX:CompileCommand=inline,*Lanes::* -XX:CompileCommand=dontinline,*::*OnRun \
    -Dorg.bytedeco.javacpp.cachedir=/opt/nabla/cache > jvm.options
# Bounds on memory, which docs/operations.md explains. Whoever sets others replaces both.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=40 -Dorg.bytedeco.javacpp.maxPhysicalBytes=225%"
# A number, so that Kubernetes sees without looking into the image that it is not root.
USER 10001:10001
# Starts once, and keeps what the JVM loaded, linked and learned until the service was ready for the starts to come.
RUN set -e; NABLA_DATA=/tmp/nabla java @jvm.options -XX:AOTCacheOutput=cache/nabla.aot \
        -Dlogging.level.org.springframework.boot.availability=debug -jar nabla.jar > /tmp/nabla.log & \
    until grep -q ACCEPTING_TRAFFIC /tmp/nabla.log; do sleep 1; kill -0 $!; done; \
    kill $!; wait $! || test -s cache/nabla.aot; rm -r /tmp/nabla /tmp/nabla.log
ENV NABLA_DATA=/data
# All addresses of the container, or nobody would reach it. So it refuses to start without NABLA_ACCESS_BOOTSTRAP_KEY (or an
# issuer of tokens), unless NABLA_ACCESS_OPEN=true says that everybody who reaches it may do everything.
ENV SERVER_ADDRESS=0.0.0.0
VOLUME /data
EXPOSE 8080
# The image has neither curl nor wget, but bash speaks enough HTTP.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-${SERVER_PORT:-8080}} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=cache/nabla.aot", "-jar", "nabla.jar"]
