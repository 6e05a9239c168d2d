package dev.nabla.storage;

import com.zaxxer.hikari.HikariDataSource;
import org.h2.store.fs.FilePath;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What connections need that the configuration cannot say, as it differs between databases. */
@Configuration
class DatabaseConnections {

    /** Before any connection is made. */
    @Bean
    static BeanFactoryPostProcessor syncedFiles() {
        return _ -> FilePath.register(new SyncedFile());
    }

    /**
     * No statement waits for ever for a PostgreSQL that is gone without a word. In seconds; what the URL says comes first
     * (pgjdbc, "Connection Parameters").
     */
    @Bean
    static BeanPostProcessor patienceWithPostgres() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && pool.getJdbcUrl().startsWith("jdbc:postgresql:")) {
                    pool.addDataSourceProperty("connectTimeout", 2);
                    pool.addDataSourceProperty("loginTimeout", 2);
                    pool.addDataSourceProperty("socketTimeout", 30);
                    pool.addDataSourceProperty("tcpKeepAlive", true);
                }
                return bean;
            }
        };
    }
}
