FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -DskipTests package \
    && java -Djarmode=tools -jar target/nabla-*.jar extract --layers --destination target/layers

FROM eclipse-temurin:25-jre
# ND4J brings libgomp for x86-64 but not for ARM.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home nabla \
    && install --directory --owner=nabla /data
WORKDIR /opt/nabla
# The libraries, far larger than the application, change less often: they are a layer of their own.
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/application/nabla-*.jar nabla.jar
USER nabla
ENV NABLA_DATA=/data
VOLUME /data
EXPOSE 8080
# The image has neither curl nor wget, but bash speaks enough HTTP.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
# The flags of the pom's jvm.flags. More can be given in JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-jar", "nabla.jar"]
