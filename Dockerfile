# The hydranet command. Build it in a checkout, and run it on the pictures of a folder:
#
#     docker build -t hydranet .
#     docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" hydranet predict street.jpg

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN mvn -B -ntp -Pdist package -DskipTests -pl cli -am \
  && mkdir /unpacked \
  && tar -xzf cli/target/hydranet-*.tar.gz -C /unpacked --strip-components=1

# The JDK, not the JRE: the Vector API is one of its modules.
FROM eclipse-temurin:25-jdk
COPY --from=build /unpacked /opt/hydranet
RUN useradd --create-home hydranet && mkdir /work && chown hydranet /work
USER hydranet
WORKDIR /work
ENTRYPOINT ["/opt/hydranet/bin/hydranet"]
CMD ["--help"]
